package org.btrdb.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import org.btrdb.embedded.tree.Leaf;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Leaves come back bit by bit, in few bytes where there is something to save. */
class NodeCodecTest {
  private static final List<Double> ODD_VALUES =
      List.of(
          0.0,
          -0.0,
          Double.NaN,
          Double.longBitsToDouble(0x7FF0_0000_0000_0001L),
          Double.longBitsToDouble(0xFFF8_1234_5678_9ABCL),
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.MIN_VALUE,
          -Double.MIN_VALUE,
          Double.MAX_VALUE,
          -Double.MAX_VALUE,
          (double) Float.MIN_VALUE,
          0.1,
          -123.456,
          (double) 0.1f,
          0x1p52,
          0x1p53 + 2);

  @Test
  void randomLeavesComeBackBitByBit() {
    roundTrips(3_000, new Random().nextLong());
  }

  @Test
  @Tag("long")
  void manyRandomLeavesComeBackBitByBit() {
    roundTrips(500_000, new Random().nextLong());
  }

  private static void roundTrips(int leaves, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < leaves; i++) {
      int size = random.nextInt(10) == 0 ? random.nextInt(5_000) : random.nextInt(300);
      assertRoundTrip(
          new Leaf(times(size, random), values(size, random)), "seed " + seed + " leaf " + i);
    }
  }

  private static long[] times(int size, Random random) {
    long start = random.nextLong();
    int bits = random.nextInt(64);
    long period = random.nextLong() >>> random.nextInt(64);
    int gaps = random.nextInt(50);
    IntToLongFunction time =
        switch (random.nextInt(5)) {
          case 0 -> i -> random.nextLong();
          case 1 -> i -> start + i * period + (random.nextLong() >>> bits);
          case 2 -> i -> start + (random.nextInt(gaps + 1) == 0 ? random.nextLong() : 0);
          case 3 -> i -> (i & 1) == 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
          default -> i -> start;
        };
    long[] times = new long[size];
    Arrays.setAll(times, time);
    if (random.nextInt(4) != 0) {
      Arrays.sort(times);
    }
    return times;
  }

  private static double[] values(int size, Random random) {
    double level = random.nextGaussian() * Math.pow(10, random.nextInt(12) - 6);
    double noise = Math.pow(10, -random.nextInt(12));
    double units = Math.pow(10, random.nextInt(14));
    int odd = random.nextInt(40);
    IntToDoubleFunction smooth =
        switch (random.nextInt(7)) {
          case 0 -> i -> Double.longBitsToDouble(random.nextLong());
          case 1 -> i -> level + noise * random.nextGaussian();
          case 2 -> i -> (float) (level + noise * random.nextGaussian());
          case 3 -> i -> Math.rint((level + random.nextGaussian()) * units) / units;
          case 4 -> i -> (float) (Math.rint((level + random.nextGaussian()) * units) / units);
          case 5 -> i -> (float) (level + i * noise);
          default -> i -> level;
        };
    double[] values = new double[size];
    Arrays.setAll(values, smooth);
    if (random.nextInt(4) == 0) {
      for (int i = 0; i < size; i++) {
        if (random.nextInt(odd + 1) == 0) {
          values[i] = ODD_VALUES.get(random.nextInt(ODD_VALUES.size()));
        }
      }
    }
    return values;
  }

  @Test
  void oddValuesAloneAndTogether() {
    for (double odd : ODD_VALUES) {
      for (int size : new int[] {1, 2, 127, 128, 129, 1024}) {
        double[] values = new double[size];
        Arrays.fill(values, odd);
        assertRoundTrip(new Leaf(new long[size], values), odd + " x " + size);
      }
    }
    double[] all = ODD_VALUES.stream().mapToDouble(Double::doubleValue).toArray();
    assertRoundTrip(new Leaf(new long[all.length], all), "all");
    assertRoundTrip(new Leaf(new long[0], new double[0]), "none");
  }

  @Test
  void everyWidthOfBits() {
    Random random = new Random(1);
    for (int width = 0; width <= 64; width++) {
      for (int size : new int[] {1, 63, 128, 300}) {
        long[] times = new long[size];
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
          long bits = width == 0 ? 0 : random.nextLong() >>> (64 - width);
          times[i] = bits;
          values[i] = Double.longBitsToDouble(bits);
        }
        assertRoundTrip(new Leaf(times, values), "width " + width + " size " + size);
      }
    }
  }

  @Test
  void regularLeavesAreSmall() {
    int size = 515;
    long[] times = new long[size];
    double[] decimals = new double[size];
    double[] floats = new double[size];
    for (int i = 0; i < size; i++) {
      times[i] = 1_700_000_000_000_000_000L + i * 1_000_000_000L / 120;
      decimals[i] = (230_000 + (i * 7919) % 128) / 1000.0;
      floats[i] = (float) decimals[i];
    }
    assertThat(NodeCodec.encode(new Leaf(times, new double[size]))).hasSizeLessThan(120);
    assertThat(NodeCodec.encode(new Leaf(times, decimals))).hasSizeLessThan(size + 60);
    assertThat(NodeCodec.encode(new Leaf(times, floats))).hasSizeLessThan(size + 60);
  }

  @Test
  void damagedBytesAreRefused() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = NodeCodec.encode(new Leaf(times(200, random), values(200, random)));
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> NodeCodec.decode(damaged)).hasMessage("checksum differs");
      byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      assertThatThrownBy(() -> NodeCodec.decode(cut)).isInstanceOf(DamageException.class);
    }
  }

  /** Whatever a wrong writer sealed: refused or decoded, but nothing else. */
  @Test
  void sealedNonsenseIsRefusedOrDecoded() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = NodeCodec.encode(new Leaf(times(150, random), values(150, random)));
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        bytes[1 + random.nextInt(bytes.length - 1)] = (byte) random.nextInt();
      }
      Checksummed.seal(ByteBuffer.wrap(bytes));
      try {
        assertThat(NodeCodec.decode(bytes)).isInstanceOf(Leaf.class);
      } catch (DamageException e) {
        assertThat(e).as("seed %d leaf %d", seed, i).hasMessageContaining(" ");
      }
    }
  }

  private static void assertRoundTrip(Leaf leaf, String what) {
    byte[] bytes = NodeCodec.encode(leaf);
    assertThat(NodeCodec.isLeaf(bytes)).as(what).isTrue();
    Leaf back = (Leaf) NodeCodec.decode(bytes);
    assertThat(back.times()).as(what).isEqualTo(leaf.times());
    assertThat(bits(back.values())).as(what).isEqualTo(bits(leaf.values()));
    assertThat(bytes.length).as(what).isLessThan(60 + 17 * leaf.size());
  }

  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }
}
