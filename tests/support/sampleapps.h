// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projecttypes.h"

#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QRandomGenerator>

namespace Flotilla {

/// Apps as values for screens that must be looked at and for model tests: the same ones every time.
class SampleApps
{
public:
    static QList<AppSummary> make(int count)
    {
        static const char *titles[] = {"Harbour habits",  "Bakery board", "Moss quiz",     "River levels",
                                       "Night-owl timer", "Whale memory", "Sailor notes",  "Tea shop",
                                       "Sketch mentor",   "Reef planner", "Cloud chaser",  "Lamp shop",
                                       "Fern finder",     "Piano drills", "Budget beluga", "Train spotter"};
        constexpr int minutes[] = {2, 60, 0, 180, 3000, 3100, 4400, 4500, 17000, 22000};
        static const auto now = QDateTime::currentDateTimeUtc(); // of the first call: equal calls, equal apps
        QList<AppSummary> apps;
        for (int i = 0; i < count; ++i) {
            AppSummary app;
            app.id = AppId{QStringLiteral("sample%1").arg(i)};
            app.title = QString::fromLatin1(titles[i % 16]);
            if (i >= 16)
                app.title += QStringLiteral(" %1").arg(i / 16 + 1);
            app.prompt = QStringLiteral("%1, please").arg(app.title.toLower());
            app.model = QStringLiteral("sampler");
            app.host = QStringLiteral("local");
            app.starred = i < 2;
            app.updated = now.addSecs(-60ll * (i < 10 ? minutes[i] : 22000 + i * 400));
            app.created = app.updated;
            app.version = 1 + i % 7;
            app.cost = 0.10 + 0.07 * i;
            app.running = i < 40 && (i % 2 == 0 || i < 4);
            app.green = true;
            if (i == 2)
                app.turn = TurnState::Building;
            if (i == 5) {
                app.running = false;
                app.problem = QStringLiteral("The app ran out of memory. It had 512 MB.");
            }
            apps.append(app);
        }
        return apps;
    }

    /// A picture of a made-up app, as PNG.
    static QByteArray thumbnail(const AppId &id)
    {
        const int n = id.value.mid(6).toInt();
        QImage image(800, 500, QImage::Format_RGB32);
        const bool dark = n % 5 != 1 && n % 5 != 4;
        const auto back = QColor::fromHsl((40 + n * 47) % 360, 90, dark ? 30 : 242);
        const auto card = QColor::fromHsl((40 + n * 47) % 360, 60, dark ? 60 : 220);
        const auto mark = QColor::fromHsl((210 + n * 23) % 360, 170, 140);
        image.fill(back);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(dark ? QColor(240, 240, 236) : QColor(40, 50, 40));
        painter.drawRoundedRect(52, 34, 200 + n * 37 % 180, 34, 8, 8);
        for (int i = 0; i < 3; ++i) {
            painter.setBrush(card);
            painter.drawRoundedRect(52 + i * 236, 108, 212, n % 2 ? 320 : 128, 14, 14);
            painter.setBrush(mark);
            painter.drawRoundedRect(76 + i * 236, 136, 90 + (n + i) * 31 % 80, 30, 8, 8);
        }
        if (n % 2 == 0) {
            painter.setPen(QPen(mark, 8));
            QPolygonF line;
            QRandomGenerator random(static_cast<quint32>(n + 1));
            for (int i = 0; i < 9; ++i)
                line << QPointF(56 + i * 86, 300 + random.bounded(140));
            painter.drawPolyline(line);
        }
        painter.end();
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "PNG");
        return bytes;
    }
};

} // namespace Flotilla
