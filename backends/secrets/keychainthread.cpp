// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/secrets/keychainthread.h"

#include <QCoreApplication>
#include <QMutex>
#include <QThread>

namespace Flotilla {

namespace {

QMutex s_keychainMutex;
QThread *s_keychainThread = nullptr; // guarded by s_keychainMutex
QObject *s_keychainContext = nullptr;
bool s_keychainStopped = false;

void stopKeychainThread()
{
    const QMutexLocker lock(&s_keychainMutex);
    s_keychainStopped = true;
    if (!s_keychainThread)
        return;
    s_keychainThread->quit();
    s_keychainThread->wait(2000); // a hanging keychain must not keep the program
    s_keychainContext = nullptr;
}

} // namespace

QObject *keychainContext()
{
    const QMutexLocker lock(&s_keychainMutex);
    if (s_keychainThread || s_keychainStopped)
        return s_keychainContext;
    s_keychainThread = new QThread;
    s_keychainThread->setObjectName(QStringLiteral("keychain"));
    s_keychainContext = new QObject;
    s_keychainContext->moveToThread(s_keychainThread);
    s_keychainThread->start();
    qAddPostRoutine(stopKeychainThread);
    return s_keychainContext;
}

} // namespace Flotilla
