// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/screenshots/scene.h"

#include "widgets/common/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QScreen>
#include <QThread>

#include <cstdio>

namespace Flotilla {

namespace {
constexpr int settleMs = 400;
}

Scene::Scene(QString data, QString folder, QString name)
    : m_data(std::move(data))
    , m_folder(std::move(folder))
    , m_name(std::move(name))
{
}

Scene::~Scene() = default;

void Scene::end()
{
    m_shell.reset();
}

bool Scene::start()
{
    auto shell = Shell::start(m_data);
    if (!shell.ok()) {
        std::fprintf(stderr, "%s: %s\n", qPrintable(m_name), qPrintable(shell.error().text));
        ++m_failures;
        return false;
    }
    m_shell = std::move(*shell);
    window().resize(Metric::windowWidth, Metric::windowHeight);
    window().show();
    QApplication::setActiveWindow(&window()); // no window manager under Xvfb
    window().load();
    wait(800);
    return true;
}

MainWindow &Scene::window()
{
    return m_shell->window();
}

const AppServices &Scene::services()
{
    return m_shell->services();
}

bool Scene::waitFor(const std::function<bool()> &condition, int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    while (!condition()) {
        if (timer.hasExpired(milliseconds))
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        QThread::msleep(5);
    }
    return true;
}

void Scene::wait(int milliseconds)
{
    waitFor([] { return false; }, milliseconds);
}

int Scene::failures()
{
    m_writer.waitForDone();
    expect(m_unwritten == 0, "writing the pictures");
    return m_failures;
}

void Scene::expect(bool held, const char *what)
{
    if (held)
        return;
    ++m_failures;
    std::fprintf(stderr, "%s: did not happen: %s\n", qPrintable(m_name), what);
}

void Scene::take(const QString &part)
{
    for (const bool dark : {false, true}) {
        for (const QSize &size : {QSize(1440, 900), QSize(1024, 700)})
            takeOne(part, dark, size);
    }
}

void Scene::takeAll(const QString &part)
{
    for (const bool dark : {false, true})
        takeOne(part, dark, QSize(1920, 1080));
    take(part);
}

void Scene::takeOne(const QString &part, bool dark, const QSize &size)
{
    if (colors().dark != dark)
        Theme::instance().setMode(dark ? ThemeMode::Dark : ThemeMode::Light);
    window().setGeometry(QRect(QPoint(), size));
    wait(settleMs);
    takeWidget(&window(), part, dark);
}

void Scene::takeWidget(QWidget *widget, const QString &part, bool dark)
{
    const QSize size = widget->size();
    const QString name = part.isEmpty() ? m_name : m_name + QLatin1Char('-') + part;
    const QString file = QStringLiteral("%1/%2-%3-%4x%5.png")
                             .arg(m_folder, name, dark ? QStringLiteral("dark") : QStringLiteral("light"))
                             .arg(size.width())
                             .arg(size.height());
    // From the screen, not from the widgets: so web views, menus and dialogs are in it.
    const QRect area(widget->mapToGlobal(QPoint()), size);
    const QImage image = widget->screen()->grabWindow(0, area.x(), area.y(), area.width(), area.height()).toImage();
    m_writer.start([this, image, file] { // a show goes on meanwhile
        if (!image.save(file))
            ++m_unwritten;
    });
}

} // namespace Flotilla
