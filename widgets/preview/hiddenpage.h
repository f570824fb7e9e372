// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <QUrl>

#include <functional>
#include <memory>

class QImage;
class QWebEngineLoadingInfo;
class QWebEngineProfile;
class QWebEngineView;
class QVariant;

namespace Flotilla {

class PreviewPage;

/// A page that nobody sees, for one address after the other: a new one is loaded when the page before is left, because
/// of two loads at once the engine of Qt 6.4 sometimes loses the second without a word. A page that does not begin is
/// asked for again. GUI thread.
class HiddenPage : public QObject
{
    Q_OBJECT

public:
    explicit HiddenPage(QWebEngineProfile *profile);
    ~HiddenPage() override;

    /// Laid out as ever, drawn smaller: for who wants no more than a small picture of it.
    void setScale(double scale);
    void warmUp();              ///< starts the renderer with an empty page
    void open(const QUrl &url); ///< ended() follows when it is loaded, unless it is left before
    void leave();               ///< what the page does ends
    void evaluate(const QString &script, std::function<void(const QVariant &)> answer); ///< as PreviewPage has it
    QImage picture() const;
    PreviewPage *page() const { return m_page; }

Q_SIGNALS:
    void started();
    void ended(const QWebEngineLoadingInfo &info);
    void crashed();

private:
    enum class State { Empty, Loading, Loaded, Leaving };
    void follow(const QWebEngineLoadingInfo &info);
    void load();
    void left();
    void hurry();
    void rendererEnded();

    std::unique_ptr<QWebEngineView> m_view;
    PreviewPage *m_page;
    State m_state = State::Empty;
    double m_scale = 1;
    bool m_begun = false;  ///< the document of what is wanted
    bool m_used = false;   ///< since its renderer began
    bool m_ending = false; ///< its renderer was ended by us
    QUrl m_wanted;         ///< while it is left: what to load next
    QTimer m_again;        ///< runs until a load begins, or the page is left
};

} // namespace Flotilla
