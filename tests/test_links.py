"""Which demo is offered beside a card."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studytool.demo.find import DemoInfo, list_demos
from studytool.links import demo_for
from studytool.notes.model import Card, DemoLink, Span


def card(front: str, topic: str = "Notes", demo: DemoLink | None = None) -> Card:
    return Card("0" * 32, "basic", "qa", "explicit", front, "an answer", topic, Span("a.md", 1), demo=demo)


BUILT_IN = list_demos()


def demo(name: str, *topics: str) -> DemoInfo:
    """A demo of another name and other topics."""
    return replace(BUILT_IN[0], name=name, topics=topics)


DEMOS = [
    demo("perceptron", "perceptron", "linear separability"),
    demo("cluster", "k-means", "separability"),
    demo("nothing"),
]


@pytest.mark.parametrize(
    "front",
    [
        "What is a perceptron?",
        "PERCEPTRON",
        "Why do *Perceptrons* fail on XOR?",
        "What is linear separability?",
        "**Linear\nseparability** means …",
    ],
)
def test_a_topic_named_on_the_front_offers_its_demo(front: str) -> None:
    assert demo_for(card(front), DEMOS) == DemoLink("perceptron")


@pytest.mark.parametrize("front", ["What is a multiperceptronic net?", "percept ron", "What is a loss?", "", "?"])
def test_only_whole_words_count(front: str) -> None:
    assert demo_for(card(front), DEMOS) is None


def test_a_topic_with_a_hyphen_is_found() -> None:
    assert demo_for(card("How does k-means choose its centres?"), DEMOS) == DemoLink("cluster")


def test_the_longest_name_wins() -> None:
    assert demo_for(card("Explain linear separability."), list(reversed(DEMOS))) == DemoLink("perceptron")


def test_the_front_counts_before_the_name_of_the_note() -> None:
    assert demo_for(card("What does k-means minimise?", topic="Perceptron"), DEMOS) == DemoLink("cluster")
    assert demo_for(card("What is it?", topic="Perceptron"), DEMOS) == DemoLink("perceptron")


def test_the_link_of_the_author_comes_first() -> None:
    link = DemoLink("cluster", (("lr", "0.1"),))
    assert demo_for(card("What is a perceptron?", demo=link), DEMOS) == link


def test_a_demo_without_topics_is_never_offered() -> None:
    assert demo_for(card("nothing"), DEMOS) is None


def test_cards_about_the_perceptron_offer_the_built_in_demo() -> None:
    assert demo_for(card("What does a perceptron compute?"), BUILT_IN) == DemoLink("perceptron")


@pytest.mark.parametrize(
    "front",
    [
        "Name three features of Gothic cathedrals.",
        "What is the momentum of a car of 900 kg at 20 m/s?",
        "How is the gradient of a road given?",
        "At what depth do submarines of this class break?",
        "What does the phase diagram of water show?",
        "Who ruled before the pipelines were built?",
        "Which god came out of chaos?",
    ],
)
def test_one_word_that_means_something_else_elsewhere_offers_no_demo(front: str) -> None:
    assert demo_for(card(front), BUILT_IN) is None


@pytest.mark.parametrize(
    ("front", "topic", "name"),
    [
        ("What does momentum add to a step?", "Gradient descent", "gradient-descent"),
        ("What does momentum do in SGD?", "Momentum", "gradient-descent"),
        ("What is a ReLU?", "Neural networks", "activations"),
        ("Which gates does an LSTM have?", "Recurrent networks", "rnn"),
        ("What is ReLU good for in deep learning?", "Notes", "activations"),
        ("What does dropout do?", "Notes", "dropout"),
    ],
)
def test_such_a_word_counts_where_the_card_or_its_note_is_about_the_field(front: str, topic: str, name: str) -> None:
    found = demo_for(card(front, topic=topic), BUILT_IN)
    assert found is not None
    assert found.name == name
