// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/draftstore.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QSaveFile>

namespace Flotilla {

namespace {
constexpr int SaveMs = 500;
constexpr int MaxDraft = 20000;
constexpr qint64 MaxFile = 4 << 20;
Q_LOGGING_CATEGORY(logDrafts, "flotilla.drafts")
} // namespace

DraftStore::DraftStore(const QString &dataDir, QObject *parent)
    : QObject(parent)
    , m_file(dataDir.isEmpty() ? QString() : dataDir + QStringLiteral("/drafts.json"))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(SaveMs);
    connect(&m_timer, &QTimer::timeout, this, &DraftStore::save);
    load();
}

DraftStore::~DraftStore()
{
    if (m_timer.isActive())
        save();
}

void DraftStore::load()
{
    QFile file(m_file);
    if (m_file.isEmpty() || file.size() > MaxFile || !file.open(QIODevice::ReadOnly))
        return;
    const QJsonObject drafts = QJsonDocument::fromJson(file.readAll()).object();
    for (auto it = drafts.begin(); it != drafts.end(); ++it)
        m_drafts.texts.insert(it.key(), it.value().toString().left(MaxDraft));
}

void DraftStore::setDraft(const AppId &app, const QString &text)
{
    if (app.isEmpty() || m_drafts.texts.value(app.value) == text)
        return;
    if (text.trimmed().isEmpty())
        m_drafts.texts.remove(app.value);
    else
        m_drafts.texts.insert(app.value, text.left(MaxDraft));
    m_timer.start();
}

void DraftStore::setImages(const AppId &app, const QList<ImageBlock> &images)
{
    if (images.isEmpty())
        m_drafts.images.remove(app.value);
    else if (!app.isEmpty())
        m_drafts.images.insert(app.value, images);
}

void DraftStore::setDrafts(const Drafts &drafts)
{
    m_drafts = drafts;
    m_timer.start();
}

void DraftStore::save()
{
    m_timer.stop();
    if (m_file.isEmpty())
        return;
    QJsonObject drafts;
    for (auto it = m_drafts.texts.cbegin(); it != m_drafts.texts.cend(); ++it)
        drafts.insert(it.key(), it.value());
    QSaveFile file(m_file);
    const bool written = file.open(QIODevice::WriteOnly) &&
                         file.write(QJsonDocument(drafts).toJson(QJsonDocument::Compact)) >= 0 && file.flush() &&
                         file.commit();
    if (!written)
        qCWarning(logDrafts, "drafts could not be written: %s", qPrintable(file.errorString()));
}

} // namespace Flotilla
