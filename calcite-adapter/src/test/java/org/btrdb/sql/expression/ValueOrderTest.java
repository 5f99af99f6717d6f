package org.btrdb.sql.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ValueOrderTest {
  private static final int KEYS = 4096;
  private static final int SLOTS = 2 * KEYS;

  /** How many slots of a half full table so many keys would begin at; chance alone gives 3223. */
  private static long slots(IntUnaryOperator hash) {
    return IntStream.range(0, KEYS).map(hash).map(h -> h & (SLOTS - 1)).distinct().count();
  }

  @Test
  void keysThatDifferInFewBitsSpreadOverATable() {
    assertThat(slots(i -> ValueOrder.hash((double) i))).as("doubles").isGreaterThan(3000);
    assertThat(slots(i -> ValueOrder.hash(i / 16.0))).as("fractions").isGreaterThan(3000);
    assertThat(slots(i -> ValueOrder.hash((long) i))).as("longs").isGreaterThan(3000);
    assertThat(slots(i -> ValueOrder.hash(i * 3_600_000_000_000L))).as("h").isGreaterThan(3000);
    assertThat(slots(i -> ValueOrder.hash((long) i << 50))).as("upper bits").isGreaterThan(3000);
    assertThat(slots(i -> ValueOrder.hash(String.valueOf(i)))).as("texts").isGreaterThan(3000);
  }

  @Test
  void equalValuesHaveOneHash() {
    assertThat(ValueOrder.hash(-0.0)).isEqualTo(ValueOrder.hash(0.0));
    assertThat(ValueOrder.hash(Double.longBitsToDouble(0x7FF8_0000_0000_1234L)))
        .isEqualTo(ValueOrder.hash(Double.NaN));
    assertThat(ValueOrder.hash(new BigDecimal("1.50")))
        .isEqualTo(ValueOrder.hash(new BigDecimal("1.5")));
  }
}
