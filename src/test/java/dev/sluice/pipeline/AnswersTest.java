package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a comparison of answers sees: else the tests that rest on it would see nothing either. */
class AnswersTest {
  private static Answers answers() {
    Answers answers = new Answers();
    answers.add(0, 5, 11);
    answers.add(3, 1204, 13);
    return answers;
  }

  @Test
  void theSameAnswersDoNotDiffer() {
    assertThat(answers().differencesFrom(answers())).isEmpty();
    assertThat(answers().count()).isEqualTo(2);
    assertThat(answers().repeated()).isZero();
  }

  @Test
  void anAnswerThatIsMissingOrTooManyIsNamed() {
    Answers more = answers();
    more.add(3, 1_000_000, 17);
    assertThat(answers().differencesFrom(more)).containsExactly("3:1000000 is missing");
    assertThat(more.differencesFrom(answers())).containsExactly("3:1000000 was not expected");
    assertThat(new Answers().differencesFrom(answers()))
        .containsExactly("0:5 is missing", "3:1204 is missing");
  }

  @Test
  void anAnswerWithOtherContentIsNamed() {
    Answers other = new Answers();
    other.add(0, 5, 12);
    other.add(3, 1204, 13);
    assertThat(other.differencesFrom(answers())).containsExactly("0:5 is not the same");
  }

  @Test
  void aSecondAnswerIsCounted() {
    Answers twice = answers();
    twice.add(0, 5, 11);
    assertThat(twice.repeated()).isEqualTo(1);
    assertThat(twice.count()).isEqualTo(2);
    assertThat(twice.differencesFrom(answers())).isEmpty();
  }
}
