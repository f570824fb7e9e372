// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <memory>

class QWebEnginePage;
class QWebEngineProfile;
class QWebEngineView;

namespace Flotilla {

class FindBar;
class TerminalBridge;
class TerminalScheme;

/// xterm.js in a web view with a profile of its own that stores nothing and reaches nothing. Creating one starts the
/// web engine. What the sandbox prints is parsed in the renderer's process alone: at worst that one crashes.
class TerminalView : public QWidget
{
    Q_OBJECT

public:
    explicit TerminalView(QWidget *parent = nullptr);
    ~TerminalView() override;

    /// Why no terminal can be shown in this process, as a sentence; empty: it can.
    static QString problem();
    void load(); ///< the page, anew
    bool isReady() const { return m_ready; }
    TerminalBridge *bridge() const { return m_bridge.get(); }
    QWebEnginePage *page() const { return m_page.get(); }
    void copy();
    void paste();
    void openSearch(); ///< upwards from the end, as a person reads a terminal
    /// As a shell may get it: without the characters that would act instead of standing for themselves.
    static QString pasteable(const QString &text);

Q_SIGNALS:
    void ready();
    void crashed();
    void lost(); ///< the page never came
    void filesDropped(const QStringList &paths);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setupProfile();
    void setupPage();
    void setupView();
    void setupSearch();
    void setupKeys();
    void takeInner(QWidget *inner);
    bool filterKey(QKeyEvent *key);
    bool filterWheel(const QWheelEvent *wheel);
    void endRenderer();
    void showMenu(const QPoint &position);

    std::unique_ptr<QWebEngineProfile> m_profile;
    std::unique_ptr<TerminalScheme> m_scheme;
    std::unique_ptr<TerminalBridge> m_bridge;
    std::unique_ptr<QWebEnginePage> m_page; // before its profile
    FindBar *m_find;
    QWebEngineView *m_view = nullptr;
    bool m_ready = false;
};

} // namespace Flotilla
