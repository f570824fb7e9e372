// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QRandomGenerator>

#include <string>
#include <vector>

namespace Flotilla::Test {

/// Good inputs, bent: bytes changed, removed, doubled and cut, from a fixed seed.
class Mutator
{
public:
    explicit Mutator(quint32 seed)
        : m_random(seed)
    {
    }

    std::string noise(int limit)
    {
        std::string bytes(std::size_t(m_random.bounded(limit + 1)), '\0');
        for (char &byte : bytes)
            byte = char(m_random.bounded(256));
        return bytes;
    }
    std::string mutate(std::string text)
    {
        for (int i = m_random.bounded(1, 8); i > 0 && !text.empty(); --i) {
            const auto at = std::size_t(m_random.bounded(int(text.size())));
            const auto length = std::size_t(m_random.bounded(1, 20));
            switch (m_random.bounded(6)) {
            case 0:
                text[at] = char(m_random.bounded(256));
                break;
            case 1:
                text.erase(at, length);
                break;
            case 2:
                text.insert(at, text.substr(text.size() - at, length));
                break;
            case 3:
                text.insert(at, m_tokens[std::size_t(m_random.bounded(int(m_tokens.size())))]);
                break;
            case 4:
                text.resize(at);
                break;
            default:
                text.insert(at, noise(10));
            }
        }
        return text;
    }
    std::string mutate(const char *text) { return mutate(std::string(text)); }
    QByteArray mutate(const QByteArray &bytes) { return QByteArray::fromStdString(mutate(bytes.toStdString())); }
    int below(int limit) { return m_random.bounded(limit); }

private:
    QRandomGenerator m_random;
    std::vector<std::string> m_tokens{"{",
                                      "}",
                                      "[",
                                      "]",
                                      "\"",
                                      ":",
                                      ",",
                                      "-1",
                                      "1e999",
                                      "null",
                                      "true",
                                      "\\u0000",
                                      "\xff",
                                      "\n",
                                      "    ",
                                      "✘ [ERROR] ",
                                      ":0:",
                                      "../",
                                      "%2e",
                                      std::string(1, '\0'),
                                      "<script src=\"/src/",
                                      "</script>",
                                      "<head",
                                      ">"};
};

} // namespace Flotilla::Test
