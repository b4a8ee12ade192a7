"""Makes responses for every IFEval check out of real texts: following, nearly following and not following.

    python responses.py HUB TRANSLATIONS OUT.jsonl [PER_CHECK]

HUB is a local mirror of the hub (tatsu-lab/alpaca, google/boolq, openai/gsm8k, google-research-datasets/mbpp are read),
TRANSLATIONS a folder with Django's message catalogues unpacked (`*/locale/LANG/LC_MESSAGES/django.po`). A line of OUT:
{"id", "kwargs", "prompt", "response"}. Needs pyarrow. The same input gives the same bytes.
"""

import glob
import json
import random
import re
import sys

import pyarrow.parquet as parquet

LANGUAGES = "en es pt ar hi fr ru de it bn uk th ur ta te bg ko pl he fa vi ne sw kn mr gu pa ml fi ja".split()
TRANSFORMS = ["raw", "raw", "raw", "bold", "markdown", "fence", "preamble", "stars", "blank"]


def texts(hub):
    def rows(path, column):
        return [t for t in parquet.read_table(f"{hub}/datasets/{path}").column(column).to_pylist() if len(t) > 40]

    alpaca = rows("tatsu-lab/alpaca/data/train-00000-of-00001-a09b74b3ef9c3b56.parquet", "output")
    boolq = rows("google/boolq/data/validation-00000-of-00001.parquet", "passage")
    gsm8k = rows("openai/gsm8k/main/test-00000-of-00001.parquet", "answer")
    code = rows("google-research-datasets/mbpp/full/test-00000-of-00001.parquet", "code")
    return alpaca[:12000] + boolq + gsm8k[:600] + code[:200]


def translations(folder):
    """Language to sentences as people wrote them."""
    found = {}
    for language in LANGUAGES:
        sentences = []
        for path in sorted(glob.glob(f"{folder}/**/locale/{language}/LC_MESSAGES/django.po", recursive=True)):
            for block in open(path, encoding="utf-8").read().split("\n\n"):
                match = re.search(r'^msgstr(?:\[0\])? ((?:".*"\n?)+)', block, re.M)
                source = re.search(r'^msgid ((?:".*"\n?)+)', block, re.M)
                text = "".join(json.loads(line) for line in (match or source).group(1).splitlines()) if match else ""
                if language == "en" and source:
                    text = "".join(json.loads(line) for line in source.group(1).splitlines())
                text = re.sub(r"%\(\w+\)s|%s|%d|<[^>]*>|\{[^}]*\}", "", text)
                if len(text) > 20 and "Content-Type" not in text:
                    sentences.append(text.replace("\n", " ").strip())
        if sentences:
            found[language] = sentences
    return found


class Maker:
    def __init__(self, seed, pool, languages):
        self.r = random.Random(seed)
        self.pool, self.languages = pool, languages

    def text(self, low=1, high=3):
        return "\n\n".join(self.r.choice(self.pool) for _ in range(self.r.randint(low, high)))

    def words(self, text):
        return re.findall(r"[A-Za-z]{4,}", text) or ["water"]

    def near(self, n, spread=2):
        return max(0, n + self.r.choice([0, 0, 0, -1, 1, self.r.randint(-spread, spread)]))

    def relation(self):
        return self.r.choice(["less than", "at least"])

    # One method a check: returns (kwargs, response).

    def keywords_existence(self):
        text = self.text()
        words = self.r.sample(self.words(text), 1) + self.r.sample(self.words(self.text()), 1)
        if self.r.random() < 0.6:
            words[1] = self.r.choice(self.words(text))
        words = [w[: self.r.choice([99, 99, 4])].lower() if self.r.random() < 0.5 else w for w in words]
        return {"keywords": words}, text

    def keywords_frequency(self):
        text = self.text()
        word = self.r.choice(self.words(text))
        count = len(re.findall(word, text, re.I))
        return {"keyword": self.r.choice([word, word.upper()]), "frequency": max(1, self.near(count)), "relation": self.relation()}, text

    def keywords_forbidden_words(self):
        text = self.text(1, 2)
        words = [self.r.choice(self.words(self.text())) for _ in range(2)]
        if self.r.random() < 0.4:
            words.append(self.r.choice(self.words(text))[: self.r.choice([99, 4])])
        return {"forbidden_words": words}, text

    def keywords_letter_frequency(self):
        text = self.text(1, 2)
        letter = self.r.choice("abcdefghijklmnopqrstuvwxyzAEQ")
        count = text.lower().count(letter.lower())
        return {"letter": letter, "let_frequency": max(1, self.near(count)), "let_relation": self.relation()}, text

    def language_response_language(self):
        asked = self.r.choice(list(self.languages))
        used = asked if self.r.random() < 0.75 else self.r.choice(list(self.languages))
        parts = [self.r.choice(self.languages[used]) for _ in range(self.r.choice([1, 2, 3, 5, 8, 12]))]
        if self.r.random() < 0.15:
            parts.insert(self.r.randint(0, len(parts)), self.r.choice(self.languages["en"]))
        return {"language": asked}, self.r.choice([" ", " ", "\n", "\n\n"]).join(parts)

    def length_constraints_number_sentences(self):
        text = self.text(1, 4)
        count = len(re.findall(r"[.!?](?=\s|$)", text))
        return {"num_sentences": max(1, self.near(count, 3)), "relation": self.relation()}, text

    def length_constraints_number_paragraphs(self):
        n = self.r.randint(1, 6)
        parts = [self.r.choice(self.pool) for _ in range(n)]
        if self.r.random() < 0.15:
            parts[self.r.randrange(n)] = " "
        divider = self.r.choice(["\n***\n", "\n\n***\n\n", "***", "\n* * *\n", "\n****\n", "\n***\n"])
        return {"num_paragraphs": max(1, self.near(n, 1))}, divider.join(parts)

    def length_constraints_number_words(self):
        text = self.text(1, 4)
        return {"num_words": max(1, self.near(len(re.findall(r"\w+", text)), 30)), "relation": self.relation()}, text

    def length_constraints_nth_paragraph_first_word(self):
        n = self.r.randint(1, 6)
        parts = [self.r.choice(self.pool).replace("\n\n", "\n") for _ in range(n)]
        nth = self.r.randint(1, n)
        word = self.r.choice(self.words(parts[nth - 1])).lower()
        if self.r.random() < 0.6:
            form = self.r.choice(["{}", "{}", '"{}"', "{},", "**{}**", "'{}", "{}:"]).format(self.r.choice([word, word.title()]))
            parts[nth - 1] = f"{form} {parts[nth - 1]}"
        else:
            word = (re.findall(r"\w+", parts[nth - 1]) or ["x"])[0].lower()
        divider = self.r.choice(["\n\n", "\n\n", "\n\n", "\n\n\n", "\n", "\n\n\n\n"])
        return {"num_paragraphs": max(nth, self.near(n, 1)), "nth_paragraph": nth, "first_word": word}, divider.join(parts)

    def detectable_content_number_placeholders(self):
        text, n = self.text(1, 2), self.r.randint(0, 8)
        words = text.split(" ")
        for _ in range(n):
            at = self.r.randrange(len(words))
            words[at] = self.r.choice(["[name]", "[address]", "[ ]", "[]", "[date][time]", "[Your\nCity]", "[link](x)", "[1]"])
        response = " ".join(words)
        return {"num_placeholders": max(1, self.near(len(re.findall(r"\[.*?\]", response)), 1))}, response

    def detectable_content_postscript(self):
        marker = self.r.choice(["P.S.", "P.P.S"])
        form = self.r.choice([marker, marker, marker.lower(), "P. S.", "PS:", "P.P.S.", "P. P. S", "p.p.s.", "P.S", "**P.S.**"])
        body = self.r.choice(self.pool)
        where = self.r.choice(["{0}\n\n{1} {2}", "{0} {1} {2}", "{1} {2}\n{0}", "{0}"])
        return {"postscript_marker": marker}, where.format(body, form, "Do not forget the tickets.")

    def detectable_format_number_bullet_lists(self):
        n = self.r.randint(0, 7)
        mark = self.r.choice(["* ", "- ", "*", "  * ", "  - ", "+ ", "• ", "1. ", "** "])
        items = [mark + self.r.choice(self.pool).split("\n")[0] for _ in range(n)]
        text = self.r.choice(self.pool) + "\n\n" + self.r.choice(["\n", "\n\n"]).join(items) + self.r.choice(["", "\n---", "\n* \n"])
        return {"num_bullets": max(1, self.near(n, 1))}, text

    def detectable_format_constrained_response(self):
        answer = self.r.choice(["My answer is yes.", "My answer is no.", "My answer is maybe.", "my answer is yes.", "My answer is yes", "Yes.", "My answer is no. My answer is yes.", "**My answer is maybe.**"])
        form = self.r.choice(["{0}", "{0}", "{1} {0}", "{0}\n{1}"])
        return {}, form.format(answer, self.r.choice(self.pool))

    def detectable_format_number_highlighted_sections(self):
        text, n = self.text(1, 3), self.r.randint(0, 6)
        words = text.split(" ")
        for _ in range(n):
            at = self.r.randrange(len(words))
            words[at] = self.r.choice(["*{}*", "*{}*", "**{}**", "***{}***", "_{}_", "* {} *", "*{}", "**"]).format(words[at])
        return {"num_highlights": max(1, self.near(n, 1))}, " ".join(words)

    def detectable_format_multiple_sections(self):
        spliter = self.r.choice(["Section", "SECTION", "PARAGRAPH", "Day", "Audience"])
        n = self.r.randint(1, 6)
        form = self.r.choice(["{} {}\n", "{} {}: ", "**{} {}**\n", "## {} {}\n", "{}{}\n", "{} {}.", "{} X\n"])
        used = self.r.choice([spliter, spliter, spliter.lower(), spliter.title()])
        text = "\n\n".join(form.format(used, i + 1) + self.r.choice(self.pool) for i in range(n))
        return {"section_spliter": spliter, "num_sections": max(1, self.near(n, 1))}, text

    def detectable_format_json_format(self):
        value = self.r.choice([{"answer": self.r.choice(self.pool), "n": self.r.random()}, [1, "a", None], self.r.choice(self.pool), 5])
        text = json.dumps(value, ensure_ascii=self.r.random() < 0.5, indent=self.r.choice([None, 2]))
        text = self.r.choice(["{}", "{}", "```json\n{}\n```", "```JSON\n{}\n```", "```\n{}```", "~~~\n{}\n~~~", "Here it is:\n{}"]).format(text)
        broken = self.r.choice([str, str, str, lambda t: t.replace('"', "'"), lambda t: t[:-1], lambda t: t + ",", lambda t: t.replace("null", "NaN")])
        return {}, broken(text)

    def detectable_format_title(self):
        title = self.r.choice(["<<{}>>", "<<{}>>", "<{}>", "<<>>", "<< >>", "<<<{}>>>", "<<{}\n>>", "<<{}>", "# {}", "<<{}>> and <<{}>>"])
        line = title.replace("{}", self.r.choice(self.pool).split("\n")[0][:60])
        return {}, self.r.choice(["{0}\n\n{1}", "{1}\n{0}", "{1} {0}"]).format(line, self.text(1, 2))

    def combination_two_responses(self):
        one, two = self.r.choice(self.pool), self.r.choice(self.pool)
        parts = self.r.choice([[one, two], [one, two], [one, one], [one], [one, "", two], ["", one, two], [one, two, self.text()], [one, two, " "], [one, one + " "]])
        return {}, self.r.choice(["\n******\n", "\n\n******\n\n", "******", "\n*****\n", "\n*******\n", "\n***\n"]).join(parts)

    def combination_repeat_prompt(self):
        prompt = self.r.choice(self.pool)
        form = self.r.choice(["{}\n\n{}", "{} {}", "{}", "Request: {}\n{}", '"{}"\n{}', "  {}\n{}", "{}"])
        repeated = self.r.choice([prompt, prompt, prompt.upper(), prompt[:-1], re.sub(r"\s+", " ", prompt), prompt.replace("'", "’")])
        return {"prompt_to_repeat": prompt}, form.replace("{}", repeated, 1).replace("{}", self.r.choice(self.pool), 1)

    def startend_end_checker(self):
        phrase = self.r.choice(["Is there anything else I can help with?", "Any other questions?", "Peace!", "That is all you need!"])
        used = self.r.choice([phrase, phrase, phrase.lower(), phrase[:-1], phrase + " Bye."])
        form = self.r.choice(["{0} {1}", "{0}\n{1}", '"{0} {1}"', "{0} **{1}**", "{0} {1}  \n", "“{0} {1}”", "{1} {0}"])
        return {"end_phrase": phrase}, form.format(self.r.choice(self.pool), used)

    def startend_quotation(self):
        form = self.r.choice(['"{}"', '"{}"', "“{}”", "'{}'", '"{}', '{}"', '  "{}" \n', '""', '"', '"{}" and "{}"', "```\n\"{}\"\n```"])
        return {}, form.replace("{}", self.r.choice(self.pool))

    def case(self, text, change):
        words = text.split(" ")
        for _ in range(self.r.choice([0, 0, 0, 1, 3])):
            at = self.r.randrange(len(words))
            words[at] = words[at].swapcase()
        return " ".join(words) if change else text

    def change_case_capital_word_frequency(self):
        words = self.text(1, 3).split(" ")
        for _ in range(self.r.randint(0, 12)):
            at = self.r.randrange(len(words))
            words[at] = self.r.choice([str.upper, str.upper, str.title])(words[at])
        text = " ".join(words)
        count = len([w for w in re.findall(r"[\w'-]+", text) if w.isupper()])
        return {"capital_frequency": max(1, self.near(count)), "capital_relation": self.relation()}, text

    def change_case_english_capital(self):
        text = self.text(1, 2) if self.r.random() < 0.8 else self.r.choice(self.languages[self.r.choice(["de", "fr", "es", "ru", "en"])])
        return {}, self.case(text.upper() if self.r.random() < 0.85 else text, True)

    def change_case_english_lowercase(self):
        text = self.text(1, 2) if self.r.random() < 0.8 else self.r.choice(self.languages[self.r.choice(["de", "fr", "es", "ru", "en"])])
        return {}, self.case(text.lower() if self.r.random() < 0.85 else text, True)

    def punctuation_no_comma(self):
        text = self.text(1, 3)
        return {}, text.replace(",", self.r.choice(["", "", "，", "、", ",", ";"]))

    def dress(self, text):
        """What models put around an answer."""
        how = self.r.choice(TRANSFORMS)
        if how == "bold":
            return re.sub(r"(?m)^(\w.{3,30}?[.:])", r"**\1**", text, count=2)
        if how == "markdown":
            return "# Answer\n\n" + text
        if how == "fence":
            return "```\n" + text + "\n```"
        if how == "preamble":
            return "Sure, here is my answer:\n" + text + "\nLet me know, if you need more."
        if how == "stars":
            return "***\n" + text
        return self.r.choice([text + "\n", "\n" + text, " " + text]) if how == "blank" else text


def main():
    hub, folder, out = sys.argv[1:4]
    count = int(sys.argv[4]) if len(sys.argv) > 4 else 600
    pool, languages = texts(hub), translations(folder)
    with open(out, "w", encoding="utf-8") as file:
        checks = [name for name in vars(Maker) if "_" in name and name.split("_")[0] in
                  ("keywords", "language", "length", "detectable", "combination", "startend", "change", "punctuation")]
        for name in checks:
            group = next(g for g in ("keywords", "language", "length_constraints", "detectable_content", "detectable_format",
                                     "combination", "startend", "change_case", "punctuation") if name.startswith(g + "_"))
            maker = Maker(name, pool, languages)
            for _ in range(count):
                kwargs, response = getattr(maker, name)()
                line = {"id": f"{group}:{name[len(group) + 1:]}", "kwargs": kwargs, "prompt": "", "response": maker.dress(response)}
                file.write(json.dumps(line, ensure_ascii=False) + "\n")


main()
