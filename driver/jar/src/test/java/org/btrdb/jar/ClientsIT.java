package org.btrdb.jar;

import static org.assertj.core.api.Assertions.assertThat;

import org.btrdb.jar.inside.PooledWithHikari;
import org.junit.jupiter.api.Test;

/** Real clients, each with the one jar in a class loader of their own. */
final class ClientsIT {
  @Test
  void hikari() throws Exception {
    try (IsolatedJar jar = IsolatedJar.with("hikari")) {
      assertThat(jar.apply(PooledWithHikari.class, "jdbc:btrdb:mem:hikari"))
          .containsExactly(0L, 0L);
    }
  }
}
