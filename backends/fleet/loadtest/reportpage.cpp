// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/reportpage.h"

namespace Flotilla {

QString reportStyle()
{
    return QStringLiteral(R"css(
:root{color-scheme:light dark;--bg:#fbfbfa;--ink:#1d2733;--soft:#5b6672;--line:#dfe3e6;--card:#fff;--live:#1f9d63;
--fail:#cf3d3d;--queued:#c9ced4;--alloc:#8fb7dd;--start:#5f97cf;--gen:#9a7fd1;--build:#e0a33a;--part:#d9752b;--blue:#2f6fb3}
@media (prefers-color-scheme:dark){:root{--bg:#14181d;--ink:#e6eaee;--soft:#97a3af;--line:#2c343c;--card:#1b2127;
--live:#3fc585;--fail:#ef6b6b;--queued:#4a535d;--alloc:#46719b;--start:#5f97cf;--gen:#9d86dd;--build:#e3b04f;--blue:#79aee6}}
*{box-sizing:border-box}body{margin:0 auto;padding:32px 24px;max-width:960px;background:var(--bg);color:var(--ink);
font:15px/1.5 system-ui,sans-serif}h1{font-size:26px;margin:0 0 4px}h2{font-size:18px;margin:36px 0 10px}
p.sub{color:var(--soft);margin:0 0 20px}.badge{display:inline-block;margin:1px 0;border:1px solid var(--line);border-radius:99px;padding:2px 10px;font-size:13px}
.good{color:var(--live)}.bad{color:var(--fail)}.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(165px,1fr));gap:10px}
.tile{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px 14px}
.tile b{display:block;font-size:22px;white-space:nowrap;font-variant-numeric:tabular-nums}.tile span{color:var(--soft);font-size:13px}
figure{margin:14px 0;background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px;break-inside:avoid}
figcaption{font-weight:600;margin-bottom:6px}figcaption small{color:var(--soft);font-weight:400}svg{width:100%;height:auto;display:block}
svg text{font-size:11px;fill:var(--soft)}svg text.none{font-size:14px}.grid{stroke:var(--line);stroke-width:1}.mark{stroke:var(--soft);stroke-dasharray:3 3}
.line{fill:none;stroke-width:2;stroke-linejoin:round}.dots{fill:none;stroke-width:4;stroke-linecap:round;opacity:.75}
.legend{display:flex;flex-wrap:wrap;gap:4px 14px;color:var(--soft);font-size:12px;margin-top:6px}
.legend i{display:inline-block;width:10px;height:10px;border-radius:3px;margin-right:5px}
polygon.queued,i.queued{fill:var(--queued);background:var(--queued)}polygon.allocating,i.allocating{fill:var(--alloc);background:var(--alloc)}
polygon.starting,i.starting{fill:var(--start);background:var(--start)}polygon.generating,i.generating{fill:var(--gen);background:var(--gen)}
polygon.building,i.building{fill:var(--build);background:var(--build)}polygon.live,i.live{fill:var(--live);background:var(--live)}
polygon.partial,i.partial{fill:var(--part);background:var(--part)}polygon.failed,i.failed{fill:var(--fail);background:var(--fail)}
polygon.cancelled,i.cancelled{fill:var(--soft);background:var(--soft)}
.planned{stroke:var(--ink);stroke-dasharray:2 4}i.planned{background:var(--ink)}.first{stroke:var(--blue)}i.first{background:var(--blue)}
.second{stroke:var(--build)}i.second{background:var(--build)}.third{stroke:var(--live)}i.third{background:var(--live)}
rect.warm{fill:var(--ink);opacity:.13}line.warm{stroke:var(--ink);opacity:.55}
i.warm{background:var(--ink);opacity:.3;outline:1px solid var(--ink)}
.dead{stroke:var(--fail)}i.dead{background:var(--fail)}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;background:var(--card)}
th,td{text-align:right;padding:5px 10px;border-bottom:1px solid var(--line)}th{color:var(--soft);font-weight:600}
th:first-child,td:first-child,td.text{text-align:left}td.text{color:var(--soft)}
pre{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px;overflow:auto;font-size:12px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 14px}dt{font-family:monospace}dd{margin:0;color:var(--soft)}
@media print{:root{--bg:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb}body{max-width:none;padding:0}h2{break-after:avoid}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
)css");
}

} // namespace Flotilla
