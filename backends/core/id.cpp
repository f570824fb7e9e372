// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/core/id.h"

#include <QByteArray>
#include <QRandomGenerator>

namespace Flotilla {

QString newId()
{
    static constexpr char alphabet[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    auto *random = QRandomGenerator::system();
    QString id(12, Qt::Uninitialized);
    for (int i = 0; i < id.size(); ++i)
        id[i] = QLatin1Char(alphabet[random->bounded(i == 0 ? 26 : 36)]);
    return id;
}

QString randomHex(int bytes)
{
    QByteArray raw(bytes, Qt::Uninitialized);
    for (char &byte : raw)
        byte = static_cast<char>(QRandomGenerator::system()->bounded(256));
    return QString::fromLatin1(raw.toHex());
}

} // namespace Flotilla
