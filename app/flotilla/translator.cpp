// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/flotilla/translator.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include <utility>

static void initTranslationResources()
{
    Q_INIT_RESOURCE(translations);
}

namespace Flotilla {

namespace {
QList<QTranslator *> installed;

void load(const QLocale &locale, const QString &name, const QString &folder)
{
    auto *translator = new QTranslator(qApp);
    if (!translator->load(locale, name, QStringLiteral("_"), folder)) {
        delete translator;
        return;
    }
    QCoreApplication::installTranslator(translator);
    installed.append(translator);
}

void unloadAll()
{
    for (QTranslator *translator : std::exchange(installed, {}))
        delete translator; // which removes it
}
} // namespace

void installTranslations(const QString &language)
{
    initTranslationResources();
    unloadAll();
    QLocale locale = language == QLatin1String("system") || language.isEmpty() ? QLocale::system() : QLocale(language);
    if (locale.language() == QLocale::C)
        locale = QLocale(QLocale::English, QLocale::UnitedStates);
    QLocale::setDefault(locale);
    const QString folder = QStringLiteral(":/flotilla/translations");
    load(QLocale(QLocale::English), QStringLiteral("flotilla"), folder); // the plural forms of English
    if (locale.language() != QLocale::English) {
        load(locale, QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
        load(locale, QStringLiteral("flotilla"), folder);
    }
}

} // namespace Flotilla
