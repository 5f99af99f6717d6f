package org.btrdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

/** The form of every failure: one line on standard error, nothing on standard output, status 1. */
final class OneLine {

  private OneLine() {}

  static void assertFailure(CliRun run, String... said) {
    assertThat(run.status()).as(run.err()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("error: ").endsWith("\n");
    for (String part : said) {
      assertThat(run.err()).contains(part);
    }
    assertThat(run.err().lines()).hasSize(1);
  }
}
