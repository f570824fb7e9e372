// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/sampler/sampleranswer.h"

#include "backends/llm/sampler/samplerfollowup.h"
#include "backends/llm/sampler/samplerlanguage.h"
#include "backends/llm/sampler/samplerleft.h"
#include "backends/llm/sampler/samplerparts.h"
#include "backends/llm/sampler/samplertranslate.h"
#include "backends/llm/sampler/samplerwords.h"

#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace Flotilla {

namespace {

using SamplerWords::Voice;

constexpr qsizetype piece = 4096; ///< characters of one delta at full pace

struct Conversation
{
    QStringList wishes; ///< of the user, oldest first: the last text of each message; what stands before it is context
    bool onlyResults = false;
    bool hasFiles = false; ///< the request lists files of the app
    std::optional<Recipe> recipe;
};

void look(const QString &text, Conversation &conversation)
{
    if (auto recipe = recipeIn(text))
        conversation.recipe = recipe;
}

void readMessage(const ModelMessage &message, Conversation &conversation)
{
    QStringList texts;
    bool results = false;
    for (const Part &part : message.parts) {
        if (const auto *said = std::get_if<TextPart>(&part)) {
            look(said->text, conversation);
            if (!said->text.trimmed().isEmpty())
                texts.append(said->text.trimmed());
        } else if (const auto *call = std::get_if<ToolCallPart>(&part)) {
            look(call->input.value(QLatin1String("content")).toString(), conversation);
        } else if (const auto *result = std::get_if<ToolResultPart>(&part)) {
            results = true;
            look(result->text, conversation);
        }
    }
    if (message.role != Role::User)
        return;
    conversation.onlyResults = results && texts.isEmpty();
    if (!texts.isEmpty())
        conversation.wishes.append(texts.takeLast());
    for (const QString &context : std::as_const(texts))
        conversation.hasFiles =
            context.contains(QLatin1String("Files of the app:")) || context.contains(QLatin1String("<file path=\""));
}

Conversation readConversation(const ModelRequest &request)
{
    Conversation conversation;
    for (const ModelMessage &message : request.messages)
        readMessage(message, conversation);
    return conversation;
}

/// The texts of resources/prompts/repair.md.
bool isRepair(const QString &text)
{
    static const QRegularExpression marks(
        QStringLiteral("\\bdoes not build\\b|\\bbrowser reports a problem\\b|\\bloads without an error, "
                       "but\\b|\\bAttempt \\d+ of \\d+ to repair\\b|"
                       "\\bstopped or does not answer\\b|\\bSame problem came back\\b|\\bedit could not be applied\\b"),
        QRegularExpression::CaseInsensitiveOption);
    return marks.match(text.left(4000)).hasMatch();
}

/// By which a wish is answered in its own language.
Voice voiceFor(const QString &wish)
{
    return {SamplerWords::isGerman(SamplerWords::plain(wish).toLower())};
}

QString leftOutOf(const QString &wish, const Recipe &recipe, const Voice &say)
{
    const QStringList left = SamplerWords::leftOut(wish, recipe);
    return left.isEmpty()
               ? QString()
               : say(QStringLiteral("Not in it, as the sampler did not understand it or has no parts for it: %1. "))
                     .arg(SamplerWords::quotedList(left, say.german));
}

QString languageLeftOut(const QString &wish, const Voice &say)
{
    const auto asked = languageIn(SamplerWords::plain(wish).toLower());
    return asked && asked->whole && !asked->known
               ? say(QStringLiteral("The sampler has its labels in English and German only.")) + QLatin1Char(' ')
               : QString();
}

SampleAnswer firstAnswer(const QString &wish)
{
    const Voice say = voiceFor(wish);
    const Recipe recipe = recipeFor(wish);
    const auto *kind = SamplerParts::kind(recipe.kind);
    const QString what = kind ? kind->noun : recipe.kind;
    const bool named = SamplerWords::isNamed(wish);
    const QString before =
        named ? say(QStringLiteral("“%1”: %2 from the parts of the built-in sampler."))
              : say(QStringLiteral("The built-in sampler has no parts for just that, so “%1” is %2 for now."));
    return {
        before.arg(recipe.title, say(SamplerWords::withArticle(what))), filesOf(recipe),
        leftOutOf(wish, recipe, say) + languageLeftOut(wish, say) +
            say(QStringLiteral(
                "Everything in it works, and what you enter stays after a reload. Ask for another title, other "
                "colours, dark or light, "
                "bigger text, or a part more or less. The sampler is not a language model: for anything else, add one "
                "in Settings."))};
}

SampleAnswer repairAnswer(const Recipe &recipe)
{
    return {QStringLiteral("Writing all files again."), filesOf(recipe),
            QStringLiteral("Every file is in its first state again.")};
}

/// Only what differs: most changes touch the theme and the style sheet.
QList<SampleFile> changedFiles(const Recipe &before, const Recipe &after)
{
    const QList<SampleFile> old = filesOf(before);
    QList<SampleFile> files;
    for (const SampleFile &file : filesOf(after)) {
        const bool same = std::any_of(old.begin(), old.end(), [&file](const SampleFile &known) {
            return known.path == file.path && known.content == file.content;
        });
        if (!same)
            files.append(file);
    }
    return files;
}

QString sentence(const QStringList &phrases, const Voice &say)
{
    QString text = phrases.size() < 2 ? phrases.value(0)
                                      : phrases.mid(0, phrases.size() - 1).join(QStringLiteral(", ")) +
                                            say(QStringLiteral(" and ")) + phrases.last();
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text + QLatin1Char('.');
}

QString honestAnswer(const Recipe &recipe, const Voice &say)
{
    const auto *kind = SamplerParts::kind(recipe.kind);
    QStringList parts = kind ? kind->sections : QStringList();
    for (QString &part : parts)
        part = say(part);
    return say(QStringLiteral(
                   "I did not understand that, so nothing was changed. I am the built-in sampler, not a "
                   "language model. I can "
                   "change the title (“call it Tide”), the colours (“like a sunset”, “blue and orange”, "
                   "“#16324f”), dark or light, the "
                   "text size, corners, spacing and style, rename things (“rename A to B”), turn the app into "
                   "another kind (“turn it "
                   "into a board”), and add or remove these parts: %1.\n\nFor anything else, choose a language "
                   "model: open Settings, "
                   "Models, and add an Anthropic or OpenAI key, or start Ollama on this computer."))
        .arg(parts.join(QStringLiteral(", ")));
}

/// The files are another author's: writing over them would lose work.
SampleAnswer foreignAnswer(const QString &wish)
{
    return {voiceFor(wish)(
                QStringLiteral("This app was not made by the built-in sampler, so I cannot change it, and nothing was "
                               "changed. The sampler is "
                               "not a language model. Choose a model for this app, or start a new app from Home.")),
            {},
            {}};
}

SampleAnswer changeAnswer(const Recipe &current, const QString &wish)
{
    const Voice say = voiceFor(wish);
    const FollowUp change = followUp(current, wish);
    if (!change.understood())
        return {honestAnswer(current, say), {}, {}};
    const QString refused = change.refused.join(QLatin1Char(' '));
    if (change.done.isEmpty())
        return {refused +
                    say(QStringLiteral(" Nothing was changed. This is the built-in sampler, not a language model.")),
                {},
                {}};
    return {say(QStringLiteral("Changing it.")), changedFiles(current, change.recipe),
            sentence(change.done, say) + (refused.isEmpty() ? QString() : QLatin1Char(' ') + refused)};
}

class Events
{
public:
    explicit Events(bool tools)
        : m_tools(tools)
    {
    }
    void text(const QString &text)
    {
        if (text.isEmpty())
            return;
        m_characters += text.size();
        m_list.append(TextDelta{text});
    }
    void file(const SampleFile &file, const QString &id)
    {
        if (!m_tools) {
            text(QStringLiteral("\n<file path=\"%1\">\n%2</file>\n").arg(file.path, file.content));
            return;
        }
        ToolCallPart call{id,
                          QStringLiteral("write_file"),
                          {{QStringLiteral("path"), file.path},
                           {QStringLiteral("content"), file.content},
                           {QStringLiteral("allow_shrink"), true}}};
        m_list.append(ToolCallStarted{m_index, call.id, call.name});
        const QString json = pathFirst(call.input);
        m_characters += json.size();
        for (qsizetype at = 0; at < json.size(); at += piece)
            m_list.append(ToolCallDelta{m_index, json.mid(at, piece)});
        m_list.append(ToolCallDone{m_index++, call, {}});
    }
    qint64 tokens() const { return (m_characters + 3) / 4; }
    QList<StreamEvent> take() { return std::move(m_list); }

private:
    /// As a model writes it: the path before the content, so that a card knows its file early.
    static QString pathFirst(const QJsonObject &input)
    {
        const auto one = [&input](const char *field) {
            const QJsonObject object{{QLatin1String(field), input.value(QLatin1String(field))}};
            const QString json = QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
            return json.mid(1, json.size() - 2);
        };
        return QLatin1Char('{') + one("path") + QLatin1Char(',') + one("content") + QLatin1Char(',') +
               one("allow_shrink") + QLatin1Char('}');
    }

    bool m_tools;
    int m_index = 0;
    qint64 m_characters = 0;
    QList<StreamEvent> m_list;
};

qint64 inputTokens(const ModelRequest &request)
{
    qint64 characters = request.system.size();
    for (const ModelMessage &message : request.messages) {
        for (const Part &part : message.parts) {
            if (const auto *said = std::get_if<TextPart>(&part))
                characters += said->text.size();
            else if (const auto *result = std::get_if<ToolResultPart>(&part))
                characters += result->text.size();
            else if (const auto *call = std::get_if<ToolCallPart>(&part))
                characters += call->input.value(QLatin1String("content")).toString().size();
        }
    }
    return (characters + 3) / 4;
}

} // namespace

SampleAnswer answerTo(const ModelRequest &request)
{
    const Conversation conversation = readConversation(request);
    if (conversation.onlyResults)
        return {QStringLiteral("That is all."), {}, {}};
    const QString wish = conversation.wishes.value(conversation.wishes.size() - 1);
    if (conversation.recipe)
        return isRepair(wish) ? repairAnswer(*conversation.recipe) : changeAnswer(*conversation.recipe, wish);
    if (conversation.hasFiles || isRepair(wish))
        return foreignAnswer(wish);
    return firstAnswer(wish);
}

QList<StreamEvent> eventsOf(const SampleAnswer &answer, const ModelRequest &request)
{
    const bool tools = std::any_of(request.tools.begin(), request.tools.end(),
                                   [](const ToolDefinition &tool) { return tool.name == QLatin1String("write_file"); });
    Events events(tools);
    events.text(answer.before + (answer.files.isEmpty() ? QString() : QStringLiteral("\n\n")));
    const qsizetype turn = request.messages.size();
    for (qsizetype i = 0; i < answer.files.size(); ++i)
        events.file(answer.files[i], QStringLiteral("call_%1_%2").arg(turn).arg(i));
    events.text(answer.after);
    Usage usage;
    usage.inputTokens = inputTokens(request);
    usage.outputTokens = events.tokens();
    usage.estimated = true;
    QList<StreamEvent> list = events.take();
    list.append(UsageUpdate{usage});
    list.append(StreamDone{StopReason::EndOfTurn, QStringLiteral("end_turn")});
    return list;
}

} // namespace Flotilla
