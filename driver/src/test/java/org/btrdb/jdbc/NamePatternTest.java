package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {

  @ParameterizedTest
  @CsvSource({
    "abc, abc, true",
    "abc, ABC, false",
    "a%, abc, true",
    "a%, ba, false",
    "%c, abc, true",
    "a_c, abc, true",
    "a_c, ac, false",
    "a\\_c, a_c, true",
    "a\\_c, abc, false",
    "a\\%, a%, true",
    "a\\%, ab, false",
    "a\\\\b, a\\b, true",
    "a\\b, a\\b, true",
    "'', '', true",
    "'', a, false",
    "%, '', true",
    "_, ü, true",
    "_, 😀, true",
    "a^[b]*, a^[b]*, true",
  })
  void matches(String pattern, String name, boolean expected) {
    assertThat(NamePattern.of(pattern).matches(name)).isEqualTo(expected);
  }

  @Test
  void nullMatchesEverything() {
    assertThat(NamePattern.of(null).matches("x")).isTrue();
    assertThat(NamePattern.of(null).prefix()).isEmpty();
    assertThat(NamePattern.of(null).isExact()).isFalse();
  }

  @Test
  void knowsItsLiteralBeginning() {
    assertThat(NamePattern.of("a\\_b%c").prefix()).isEqualTo("a_b");
    assertThat(NamePattern.of("a\\_b").prefix()).isEqualTo("a_b");
    assertThat(NamePattern.of("a\\_b").isExact()).isTrue();
    assertThat(NamePattern.of("a_b").isExact()).isFalse();
  }

  /** Against java.util.regex, which is another author's idea of the same thing. */
  @Test
  void agreesWithRegularExpressions() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      String pattern = text(random, "ab%_\\");
      String name = text(random, "ab%_\\");
      assertThat(NamePattern.of(pattern).matches(name))
          .as("pattern %s name %s seed %d", pattern, name, seed)
          .isEqualTo(regex(pattern).matcher(name).matches());
    }
  }

  private static String text(Random random, String alphabet) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(7); n > 0; n--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static Pattern regex(String pattern) {
    String escapes = "\\\\([%_\\\\])";
    StringBuilder regex = new StringBuilder();
    var matcher = Pattern.compile(escapes + "|(.)").matcher(pattern);
    while (matcher.find()) {
      String literal = matcher.group(1);
      String plain = matcher.group(2);
      regex.append(
          literal != null
              ? Pattern.quote(literal)
              : "%".equals(plain) ? ".*" : "_".equals(plain) ? "." : Pattern.quote(plain));
    }
    return Pattern.compile(regex.toString());
  }
}
