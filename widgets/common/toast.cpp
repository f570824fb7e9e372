// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/toast.h"

#include "widgets/common/controls.h"
#include "widgets/common/icons.h"
#include "widgets/common/painting.h"
#include "widgets/common/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>

namespace Flotilla {

namespace {
constexpr int toastShadow = 16;
}

void Toast::show(QWidget *anchor, const QString &text, Kind kind)
{
    of(anchor)->present(text, kind, {}, {});
}

void Toast::showWithAction(QWidget *anchor, const QString &text, const QString &action, std::function<void()> run)
{
    of(anchor)->present(text, Kind::Info, action, std::move(run));
}

Toast *Toast::of(QWidget *anchor)
{
    QWidget *window = anchor->window();
    auto *toast = window->findChild<Toast *>(QStringLiteral("toast"), Qt::FindDirectChildrenOnly);
    return toast ? toast : new Toast(window);
}

Toast::Toast(QWidget *window)
    : QWidget(window)
    , m_icon(new QLabel)
    , m_text(makeLabel({}))
    , m_action(makeButton({}, QStringLiteral("toastActionQPushButton"), ButtonKind::Link))
    , m_timer(new QTimer(this))
{
    setObjectName(QStringLiteral("toast"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(toastShadow + Space::m, toastShadow + Space::s, toastShadow + Space::s,
                               toastShadow + Space::s);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_action);
    m_text->setObjectName(QStringLiteral("toastTextQLabel"));
    m_text->setWordWrap(true);
    m_timer->setSingleShot(true);
    m_timer->setInterval(seconds * 1000);
    connect(m_timer, &QTimer::timeout, this, &QWidget::hide);
    connect(m_action, &QPushButton::clicked, this, [this] {
        hide();
        if (const auto run = std::exchange(m_run, {}))
            run();
    });
    window->installEventFilter(this);
}

void Toast::present(const QString &text, Kind kind, const QString &action, std::function<void()> run)
{
    m_text->setText(text);
    m_run = std::move(run);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    const auto &c = colors();
    const bool error = kind == Kind::Error;
    m_icon->setPixmap(iconPixmap(error ? QStringLiteral("error") : QStringLiteral("check"), error ? c.failed : c.live,
                                 Metric::smallIcon, devicePixelRatioF()));
    QWidget::show();
    place();
    raise();
    m_timer->start();
}

void Toast::place()
{
    const int textWidth = m_text->fontMetrics().horizontalAdvance(m_text->text());
    const int extra = m_action->isHidden() ? 0 : m_action->sizeHint().width();
    const int width = qMin(Metric::toastWidth, textWidth + 70 + extra) + 2 * toastShadow;
    resize(width, layout()->hasHeightForWidth() ? layout()->heightForWidth(width) : sizeHint().height());
    const QWidget *window = parentWidget();
    move((window->width() - this->width()) / 2, window->height() - height() - Space::s);
}

void Toast::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRectF box = QRectF(rect()).adjusted(toastShadow, toastShadow, -toastShadow, -toastShadow);
    drawShadow(&painter, box, Metric::cardRadius, toastShadow - 4);
    drawRounded(&painter, box, Metric::cardRadius, colors().raised, colors().border);
}

void Toast::enterEvent(QEnterEvent *)
{
    m_timer->stop();
}

void Toast::leaveEvent(QEvent *)
{
    m_timer->start();
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && isVisible())
        place();
    return QWidget::eventFilter(watched, event);
}

} // namespace Flotilla
