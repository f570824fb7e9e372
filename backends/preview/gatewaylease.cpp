// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/preview/gatewaylease.h"

#include "backends/preview/gateway.h"
#include "backends/storage/filelock.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QPointer>
#include <QSaveFile>
#include <QThread>
#include <QTimer>

#include <cstring>

namespace Flotilla {

namespace {

constexpr int watchMs = 1000;
constexpr int ownerStartMs = 2000; ///< between taking the lock and writing the port an owner needs far less

} // namespace

struct GatewayLease::Private
{
    Status openLock();
    Status serve();
    quint16 readPort() const;
    Status writePort(quint16 port) const;
    void look();
    void setPort(quint16 value);

    GatewayLease *q = nullptr;
    QString dir;
    QPointer<Gateway> gateway;
    std::unique_ptr<FileLock> lock;
    bool owner = false;
    quint16 port = 0;
    QTimer watch;
};

Status GatewayLease::Private::openLock()
{
    if (!lock)
        lock = std::make_unique<FileLock>(dir + QStringLiteral("/gateway.lock"));
    if (lock->isOpen())
        return {};
    return Error{
        ErrorKind::Storage,
        QCoreApplication::translate("Preview", "Flotilla cannot write to %1. Check the folder's permissions.").arg(dir),
        QString::fromLocal8Bit(std::strerror(lock->openError()))};
}

quint16 GatewayLease::Private::readPort() const
{
    QFile file(dir + QStringLiteral("/gateway.port"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const uint value = file.read(16).trimmed().toUInt();
    return value >= 1024 && value <= 65535 ? static_cast<quint16>(value) : quint16(0);
}

Status GatewayLease::Private::writePort(quint16 value) const
{
    QSaveFile file(dir + QStringLiteral("/gateway.port"));
    const bool written = file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
                         file.write(QByteArray::number(value) + '\n') > 0 && file.flush() && file.commit();
    if (written)
        return {};
    return Error{ErrorKind::Storage,
                 QCoreApplication::translate("Preview", "The preview port could not be remembered in %1.").arg(dir),
                 file.errorString()};
}

/// The lock is ours: listen on the remembered port, else on a new one.
Status GatewayLease::Private::serve()
{
    const quint16 remembered = readPort();
    Status listening = gateway->listen(remembered);
    if (!listening && listening.error().kind == ErrorKind::Conflict && remembered != 0)
        listening = gateway->listen(0);
    if (!listening) {
        lock->unlock();
        return listening;
    }
    owner = true;
    if (gateway->port() == remembered)
        return {};
    return writePort(gateway->port());
}

void GatewayLease::Private::setPort(quint16 value)
{
    if (value == 0 || value == port)
        return;
    port = value;
    Q_EMIT q->portChanged(port);
}

void GatewayLease::Private::look()
{
    if (!lock->tryExclusive()) {
        setPort(readPort());
        return;
    }
    if (!serve())
        return; // tried again at the next look
    watch.stop();
    setPort(gateway->port());
    Q_EMIT q->ownerChanged(true);
}

GatewayLease::GatewayLease(const QString &dataDir, Gateway *gateway, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->q = this;
    d->dir = QDir(dataDir).absolutePath();
    d->gateway = gateway;
    d->watch.setInterval(watchMs);
    connect(&d->watch, &QTimer::timeout, this, &GatewayLease::look);
}

GatewayLease::~GatewayLease()
{
    if (d->owner && d->gateway)
        d->gateway->close(); // before the lock goes
}

Result<quint16> GatewayLease::begin()
{
    if (const Status opened = d->openLock(); !opened)
        return opened.error();
    for (int waited = 0; waited <= ownerStartMs; waited += 5) {
        if (d->lock->tryExclusive()) {
            if (const Status serving = d->serve(); !serving)
                return serving.error();
            d->port = d->gateway->port();
            return d->port;
        }
        d->port = d->readPort();
        if (d->port != 0)
            break;
        QThread::msleep(5); // the owner is about to write it
    }
    d->watch.start();
    return d->port != 0
               ? Result<quint16>(d->port)
               : Error{ErrorKind::Timeout,
                       QCoreApplication::translate("Preview", "The program that serves the previews does not answer."),
                       {}};
}

void GatewayLease::look()
{
    if (!d->owner)
        d->look();
}

bool GatewayLease::isOwner() const
{
    return d->owner;
}

quint16 GatewayLease::port() const
{
    return d->port;
}

} // namespace Flotilla
