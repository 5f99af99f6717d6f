package org.btrdb.sql.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is remembered of names, for how long and how much of it. */
class RecentRelationsTest {
  private final AtomicLong nanoTime = new AtomicLong();
  private int asked;

  private RecentRelations remembering(Duration lifetime) {
    return new RecentRelations(
        lifetime,
        new Ticker() {
          @Override
          public long read() {
            return nanoTime.get();
          }
        });
  }

  private Optional<Relation> found() {
    asked++;
    return Optional.of(SystemTable.STREAMS);
  }

  private Optional<Relation> nothing() {
    asked++;
    return Optional.empty();
  }

  @Test
  void aNameIsAskedForOnceInItsLifetime() {
    RecentRelations recent = remembering(Duration.ofSeconds(30));
    recent.get("c", "a", this::found);
    nanoTime.set(Duration.ofMillis(29_999).toNanos());
    assertThat(recent.get("c", "a", this::found)).isPresent();
    assertThat(asked).isEqualTo(1);
    recent.get("c", "b", this::found);
    recent.get("d", "a", this::found);
    assertThat(asked).isEqualTo(3);
    nanoTime.set(Duration.ofSeconds(30).toNanos());
    recent.get("c", "a", this::found);
    assertThat(asked).isEqualTo(4);
  }

  @Test
  void aLifetimeOfZeroRemembersNothing() {
    RecentRelations recent = remembering(Duration.ZERO);
    recent.get("c", "a", this::found);
    recent.get("c", "a", this::found);
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void nothingIsNotRemembered() {
    RecentRelations recent = remembering(Duration.ofSeconds(30));
    recent.get("c", "a", this::nothing);
    assertThat(recent.get("c", "a", this::found)).isPresent();
  }

  @Test
  void whatWasAskedBeforeForgettingIsForgottenToo() {
    RecentRelations recent = remembering(Duration.ofSeconds(30));
    recent.get(
        "c",
        "a",
        () -> {
          recent.forget();
          return found();
        });
    recent.get("c", "a", this::found);
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void onlySoManyAreHeld() {
    RecentRelations recent = remembering(Duration.ofDays(1));
    for (int i = 0; i < 20_000; i++) {
      recent.get("c", "s" + i, this::found);
    }
    asked = 0;
    for (int i = 19_999; i >= 0; i--) {
      recent.get("c", "s" + i, this::found);
    }
    assertThat(asked).isBetween(10_000, 10_001);
  }
}
