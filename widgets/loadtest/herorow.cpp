// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/herorow.h"

#include "widgets/common/card.h"
#include "widgets/common/controls.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/theme.h"
#include "widgets/loadtest/appcard.h"
#include "widgets/loadtest/loadboard.h"
#include "widgets/loadtest/loadlook.h"
#include "widgets/loadtest/pictureview.h"
#include "widgets/preview/previewpage.h"
#include "widgets/preview/requestfilter.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QWebEngineProfile>
#include <QWebEngineView>

namespace Flotilla {

namespace {
constexpr int turnMs = 4000;
constexpr int rowHeight = 250;
constexpr double pageZoom = 0.5;
} // namespace

/// The drawing of an app, until its page is there.
class HeroCover : public QWidget
{
public:
    void show(const LoadRow &row)
    {
        m_row = row;
        setVisible(true);
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        if (!AppCard::canDraw(m_row))
            return;
        AppCard::draw(&painter, rect(), m_row);
        AppCard::drawFold(&painter, rect(), AppCard::ground(m_row), colors().surface);
    }

private:
    LoadRow m_row;
};

class HeroCard : public Card
{
public:
    explicit HeroCard(QWebEngineProfile *profile)
        : m_cover(new HeroCover)
        , m_view(new QWebEngineView)
        , m_page(new PreviewPage(profile, m_view))
        , m_title(new ElidedLabel)
        , m_prompt(new ElidedLabel)
    {
        m_page->setSilent(true);
        m_view->setPage(m_page);
        m_view->setFocusPolicy(Qt::NoFocus);
        m_view->setContextMenuPolicy(Qt::NoContextMenu);
        setTone(m_prompt, Tone::Muted);
        auto *layout = new QVBoxLayout(this);
        layout->setContentsMargins(Space::s, Space::s, Space::s, Space::s);
        layout->setSpacing(2);
        layout->addWidget(m_cover, 1);
        layout->addWidget(m_view, 1);
        layout->addWidget(m_title);
        layout->addWidget(m_prompt);
        m_view->hide();
        QObject::connect(m_page, &QWebEnginePage::loadFinished, m_view, [this](bool ok) {
            m_view->setVisible(ok);
            m_cover->setVisible(!ok);
            makeIdle(m_page->renderProcessPid());
        });
    }
    void setStage(double scale)
    {
        const Theme &theme = Theme::instance();
        m_title->setFont(scaled(theme.font(TextSize::Large, QFont::DemiBold), scale));
        m_prompt->setFont(scaled(theme.font(TextSize::Base), scale));
        m_view->setZoomFactor(pageZoom * std::max(1.0, scale));
    }
    void open(const LoadRow &row, const QUrl &url)
    {
        m_title->setText(row.title);
        m_prompt->setText(row.prompt);
        m_page->setBackgroundColor(AppCard::hasColors(row) ? AppCard::ground(row) : QColor(Qt::white));
        if (!m_view->isVisible())
            m_cover->show(row);
        m_page->open(url);
    }
    void close()
    {
        m_view->hide();
        m_page->load(QUrl(QStringLiteral("about:blank")));
    }

private:
    HeroCover *m_cover;
    QWebEngineView *m_view;
    PreviewPage *m_page;
    ElidedLabel *m_title;
    ElidedLabel *m_prompt;
};

HeroRow::HeroRow(LoadBoard *board, std::function<QUrl(const AppId &)> url, QWidget *parent)
    : QWidget(parent)
    , m_board(board)
    , m_url(std::move(url))
    , m_profile(std::make_unique<QWebEngineProfile>())
{
    m_profile->setHttpCacheType(QWebEngineProfile::MemoryHttpCache);
    m_profile->setUrlRequestInterceptor(new RequestFilter(m_profile.get()));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::m);
    for (int i = 0; i < cards; ++i) {
        m_cards.push_back(new HeroCard(m_profile.get()));
        layout->addWidget(m_cards.back(), 1);
    }
    setStage(0);
    m_timer.setInterval(turnMs);
    connect(&m_timer, &QTimer::timeout, this, &HeroRow::turn);
    connect(board, &LoadBoard::reset, this, [this] { m_last = -1; });
}

HeroRow::~HeroRow()
{
    for (HeroCard *card : m_cards)
        delete card;
}

void HeroRow::setStage(double scale)
{
    setFixedHeight(qRound(rowHeight * (scale > 0 ? scale : 1)));
    for (HeroCard *card : m_cards)
        card->setStage(scale);
}

// The newest that is live and was not shown last; when none is newer, from the beginning.
int HeroRow::nextApp()
{
    const auto &rows = m_board->rows();
    const int count = int(rows.size());
    for (int i = 1; i <= count; ++i) {
        const int index = (m_last + count / 7 + i) % count;
        if (rows[index].phase == LoadPhase::Live)
            return index;
    }
    return -1;
}

void HeroRow::turn()
{
    const int index = nextApp();
    if (index < 0)
        return;
    m_last = index;
    const LoadRow &row = m_board->rows()[index];
    m_cards[size_t(m_turn++ % cards)]->open(row, m_url(row.app));
}

void HeroRow::showEvent(QShowEvent *)
{
    for (int i = 0; i < cards; ++i)
        turn();
    m_timer.start();
}

void HeroRow::hideEvent(QHideEvent *)
{
    m_timer.stop();
    for (HeroCard *card : m_cards)
        card->close();
}

} // namespace Flotilla
