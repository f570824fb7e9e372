// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview/pagescripts.h"

#include <QCoreApplication>
#include <QImage>
#include <QVariant>
#include <QWebEngineScript>

namespace Flotilla {

namespace PageScripts {

QWebEngineScript watcher(const QString &greeting)
{
    QWebEngineScript script;
    script.setName(QStringLiteral("flotilla-watcher"));
    script.setWorldId(QWebEngineScript::ApplicationWorld);
    script.setInjectionPoint(QWebEngineScript::DocumentCreation);
    script.setRunsOnSubFrames(false);
    const QString greet = greeting.isEmpty() ? QString() : QStringLiteral("console.info('%1');").arg(greeting);
    script.setSourceCode(greet + QStringLiteral(R"js((() => {
  const state = window.__flotilla = { changed: performance.now(), failed: [] };
  new MutationObserver(() => { state.changed = performance.now(); })
    .observe(document, { subtree: true, childList: true, characterData: true });
  window.addEventListener('error', (event) => {
    const target = event.target;
    if (!target || target === window || state.failed.length >= 20) return;
    const name = String(target.tagName || '').toLowerCase();
    if (name === 'script' || name === 'link') state.failed.push(String(target.src || target.href || name).slice(0, 300));
  }, true);
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && document.fullscreenElement) document.exitFullscreen();
  }, true);
})();)js"));
    return script;
}

namespace {

/// One that the page runs itself, before everything else.
QWebEngineScript ownScript(const QString &name, const QString &source)
{
    QWebEngineScript script;
    script.setName(name);
    script.setWorldId(QWebEngineScript::MainWorld);
    script.setInjectionPoint(QWebEngineScript::DocumentCreation);
    script.setRunsOnSubFrames(true);
    script.setSourceCode(source);
    return script;
}

} // namespace

QWebEngineScript copying()
{
    return ownScript(QStringLiteral("flotilla-copying"), QStringLiteral(R"js((() => {
  if (typeof Clipboard === 'undefined') return;
  Clipboard.prototype.writeText = async (text) => {
    const put = (event) => {
      event.clipboardData.setData('text/plain', String(text));
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener('copy', put, true);
    const copied = document.execCommand('copy');
    window.removeEventListener('copy', put, true);
    if (!copied) throw new DOMException('Write permission denied.', 'NotAllowedError');
  };
})();)js"));
}

QWebEngineScript noServiceWorkers()
{
    const QString note =
        QCoreApplication::translate("Preview", "No service worker runs here: it would show the app as it was before.");
    return ownScript(QStringLiteral("flotilla-no-service-workers"), QStringLiteral(R"js((() => {
  if (typeof ServiceWorkerContainer === 'undefined') return;
  ServiceWorkerContainer.prototype.register = async (file, options) => {
    console.info('%1');
    const inert = new EventTarget();
    return Object.assign(inert, {
      scope: new URL((options && options.scope) || './', new URL(file, document.baseURI)).href,
      installing: null, waiting: null, active: null, updateViaCache: 'imports',
      update: async () => inert, unregister: async () => true,
    });
  };
})();)js")
                                                                        .arg(note));
}

QString watcherReport()
{
    return QStringLiteral(R"js((() => {
  const state = window.__flotilla || { changed: 0, failed: [] };
  const body = document.body;
  const text = !!body && body.innerText.trim().length > 0;
  const some = (selector, most, shows) => !!body && [...body.querySelectorAll(selector)].slice(0, most).some(shows);
  const sized = (node) => { const r = node.getBoundingClientRect(); return r.width > 1 && r.height > 1; };
  const seen = (color) => color !== 'transparent' && !/^rgba\(.*, 0\)$/.test(color);
  const behind = (node) => {
    for (let n = node.parentElement; n; n = n.parentElement) {
      const color = getComputedStyle(n).backgroundColor;
      if (seen(color)) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  const drawn = (node) => {
    const r = node.getBoundingClientRect(), style = getComputedStyle(node);
    const inside = r.right > 1 && r.bottom > 1 && r.left < innerWidth - 1 && r.top < innerHeight - 1;
    const covers = r.left <= 0 && r.top <= 0 && r.right >= innerWidth && r.bottom >= innerHeight;
    if (!sized(node) || !inside || style.visibility !== 'visible' || style.opacity === '0') return false;
    if (style.backgroundImage !== 'none') return true;
    const color = style.backgroundColor, border = style.borderTopColor;
    return !covers && ((seen(color) && color !== behind(node)) ||
                       (style.borderTopWidth !== '0px' && seen(border) && border !== behind(node)));
  };
  const boxes = some('img,svg,canvas,video,input,button,select,textarea,iframe,progress,meter', 500, sized) ||
                (!text && some('*', 500, drawn));
  const ends = (a) => a.playState === 'running' && !!a.effect && a.effect.getComputedTiming().endTime < Infinity;
  if (document.getAnimations().some(ends)) state.moved = performance.now();
  return { idle: performance.now() - Math.max(state.changed, state.moved || 0), text, boxes, failed: state.failed };
})())js");
}

QString changedSinceAsked()
{
    return QStringLiteral(R"js((() => {
  const state = window.__flotilla;
  if (!state || state.asked === state.changed) return false;
  state.asked = state.changed;
  return true;
})())js");
}

QString startPicker()
{
    return QStringLiteral(R"js((() => {
  if (window.__flotillaPicker) window.__flotillaPicker.stop();
  const frame = document.createElement('div');
  frame.style.cssText = 'position:fixed;pointer-events:none;z-index:2147483647;border:2px solid #2cc5a8;' +
    'background:rgba(44,197,168,.15);border-radius:4px;transition:all 60ms;display:none';
  document.documentElement.appendChild(frame);
  const picker = window.__flotillaPicker = { result: null };
  let target = null;
  const selectorOf = (node) => {
    const parts = [];
    for (let n = node; n && n.nodeType === 1 && parts.length < 6; n = n.parentElement) {
      if (n.id && /^[\w-]+$/.test(n.id)) { parts.unshift('#' + n.id); break; }
      const name = n.tagName.toLowerCase();
      if (name === 'body' || name === 'html') { parts.unshift(name); break; }
      const same = n.parentElement ? [...n.parentElement.children].filter((c) => c.tagName === n.tagName) : [n];
      parts.unshift(same.length > 1 ? `${name}:nth-of-type(${same.indexOf(n) + 1})` : name);
    }
    return parts.join(' > ');
  };
  const move = (event) => {
    target = document.elementFromPoint(event.clientX, event.clientY);
    if (!target) return;
    const r = target.getBoundingClientRect();
    Object.assign(frame.style, { display: 'block', left: r.left + 'px', top: r.top + 'px', width: r.width + 'px', height: r.height + 'px' });
  };
  const swallow = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };
  const click = (event) => {
    swallow(event);
    const node = document.elementFromPoint(event.clientX, event.clientY) || target;
    if (!node) return;
    const shell = node.cloneNode(false);
    picker.result = { selector: selectorOf(node).slice(0, 300), text: (node.innerText || '').trim().slice(0, 200),
                      html: shell.outerHTML.slice(0, 300) };
    picker.stop();
  };
  const key = (event) => { if (event.key === 'Escape') { swallow(event); picker.result = ''; picker.stop(); } };
  const on = [['mousemove', move], ['click', click], ['mousedown', swallow], ['mouseup', swallow], ['pointerdown', swallow],
              ['keydown', key]];
  for (const [name, handler] of on) window.addEventListener(name, handler, true);
  picker.stop = () => { for (const [name, handler] of on) window.removeEventListener(name, handler, true); frame.remove(); };
})())js");
}

QString pollPicker()
{
    return QStringLiteral("window.__flotillaPicker ? window.__flotillaPicker.result : ''");
}

QString stopPicker()
{
    return QStringLiteral(
        "if (window.__flotillaPicker) { window.__flotillaPicker.stop(); window.__flotillaPicker = null; }");
}

} // namespace PageScripts

PageReport PageReport::fromVariant(const QVariant &value)
{
    const QVariantMap map = value.toMap();
    PageReport report;
    report.idleMs = map.value(QStringLiteral("idle")).toDouble();
    report.hasText = map.value(QStringLiteral("text")).toBool();
    report.hasBoxes = map.value(QStringLiteral("boxes")).toBool();
    const QVariantList failed = map.value(QStringLiteral("failed")).toList().mid(0, 20);
    for (const QVariant &address : failed)
        report.failed.append(address.toString().left(300));
    return report;
}

PickedElement PickedElement::fromVariant(const QVariant &value)
{
    const QVariantMap map = value.toMap();
    return {map.value(QStringLiteral("selector")).toString().left(300),
            map.value(QStringLiteral("text")).toString().left(200),
            map.value(QStringLiteral("html")).toString().left(300)};
}

bool isUniform(const QImage &image)
{
    if (image.isNull())
        return true;
    const QRgb first = image.pixel(0, 0);
    const int stepX = std::max(1, image.width() / 160);
    const int stepY = std::max(1, image.height() / 120);
    for (int y = 0; y < image.height(); y += stepY) {
        for (int x = 0; x < image.width(); x += stepX) {
            if (image.pixel(x, y) != first)
                return false;
        }
    }
    return true;
}

} // namespace Flotilla
