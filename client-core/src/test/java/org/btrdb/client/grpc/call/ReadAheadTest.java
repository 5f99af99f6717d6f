package org.btrdb.client.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first calls read two messages ahead, later ones one, those beyond none. */
class ReadAheadTest {

  @Test
  void whatIsLeftIsSharedOut() {
    ReadAhead ahead = new ReadAhead(7 * 400_000);
    List<Integer> given = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      given.add(ahead.claim());
    }
    assertThat(given).containsExactly(2, 2, 1, 1, 1, 0, 0);
    ahead.giveBack(2);
    assertThat(ahead.claim()).isEqualTo(1);
    ahead.giveBack(6);
    assertThat(ahead.claim()).isEqualTo(2);
  }
}
