// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/modelpicker.h"

#include <QMenu>
#include <QSignalSpy>
#include <QTest>

using namespace Flotilla;

static ModelInfo model(const QString &id, const QString &provider, bool language = true)
{
    ModelInfo info;
    info.id = id;
    info.displayName = id;
    info.provider = provider;
    info.isLanguageModel = language;
    return info;
}

class TestModelPicker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void referencesAreWhatTheCatalogTakes()
    {
        Endpoint ollama;
        ollama.id = QStringLiteral("ollama");
        ollama.label = QStringLiteral("Ollama");
        ollama.baseUrl = QUrl(QStringLiteral("http://localhost:11434/v1"));
        const auto choices = modelChoices({model(QStringLiteral("claude"), QStringLiteral("anthropic")),
                                           model(QStringLiteral("gpt"), QStringLiteral("openai")),
                                           model(QStringLiteral("qwen"), QStringLiteral("Ollama")),
                                           model(QStringLiteral("sampler"), QStringLiteral("sampler"), false)},
                                          {ollama});
        QCOMPARE(choices[0].ref, QStringLiteral("anthropic:claude"));
        QCOMPARE(choices[1].ref, QStringLiteral("openai:gpt"));
        QCOMPARE(choices[2].ref, QStringLiteral("openai:qwen@http://localhost:11434/v1"));
        QCOMPARE(choices[3].ref, QStringLiteral("sampler"));
    }

    void theSamplerSaysWhatItIs()
    {
        ModelPicker picker;
        picker.setChoices(modelChoices({model(QStringLiteral("sampler"), QStringLiteral("sampler"), false)}, {}));
        QCOMPARE(picker.current(), QStringLiteral("sampler"));
        QVERIFY(picker.toolTip().contains(QStringLiteral("not a language model")));
        bool said = false;
        for (const QAction *action : picker.menu()->actions())
            said = said || action->text().contains(QStringLiteral("not a language model"));
        QVERIFY(said);
    }

    void choosingIsAnnouncedOnce()
    {
        ModelPicker picker;
        picker.setChoices({{QStringLiteral("a:1"), QStringLiteral("One"), QStringLiteral("A"), {}, true},
                           {QStringLiteral("a:2"), QStringLiteral("Two"), QStringLiteral("A"), {}, true}});
        QSignalSpy chosen(&picker, &ModelPicker::chosen);
        for (QAction *action : picker.menu()->actions()) {
            if (action->text() == QStringLiteral("Two")) {
                action->trigger();
                break;
            }
        }
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(picker.current(), QStringLiteral("a:2"));
        QCOMPARE(picker.text(), QStringLiteral("Two"));
    }

    void anUnknownReferenceStillHasAName()
    {
        QCOMPARE(modelName(QStringLiteral("openai:qwen@http://localhost:1/v1")), QStringLiteral("qwen"));
        QCOMPARE(modelName(QStringLiteral("openai:qwen2.5:7b")), QStringLiteral("qwen2.5:7b"));
    }
};

QTEST_MAIN(TestModelPicker)
#include "tst_modelpicker.moc"
