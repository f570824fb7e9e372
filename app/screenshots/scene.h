// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/flotilla/shell.h"

#include <QString>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <memory>

namespace Flotilla {

/// The program with a store of its own, and a camera. This is a tool that owns its event loop, so it may wait.
class Scene
{
public:
    Scene(QString data, QString folder, QString name);
    ~Scene();

    QString data() const { return m_data; }
    void end();   ///< the program, not the scene
    bool start(); ///< false after having said why
    MainWindow &window();
    const AppServices &services();

    /// Both themes, both sizes: FOLDER/name[-part]-theme-WxH.png.
    void take(const QString &part = {});
    void takeAll(const QString &part = {}); ///< a stage (1920x1080) too
    /// One only: of what goes on meanwhile.
    void takeOne(const QString &part, bool dark, const QSize &size);
    void takeWidget(QWidget *widget, const QString &part, bool dark);
    static bool waitFor(const std::function<bool()> &condition, int milliseconds);
    static void wait(int milliseconds);
    int failures(); ///< once everything is written
    /// Counts a failure and says it.
    void expect(bool held, const char *what);

private:
    QString m_data;
    QString m_folder;
    QString m_name;
    std::unique_ptr<Shell> m_shell;
    int m_failures = 0;
    std::atomic<int> m_unwritten = 0;
    QThreadPool m_writer;
};

struct SceneEntry
{
    const char *name;
    void (*run)(Scene &scene);
};
const QList<SceneEntry> &scenes();
QList<SceneEntry> fleetScenes();
QList<SceneEntry> scaleScenes();

} // namespace Flotilla
