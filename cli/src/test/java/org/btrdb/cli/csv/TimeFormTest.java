package org.btrdb.cli.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeFormTest {

  @ParameterizedTest
  @CsvSource({
    "2016-07-01, 2016-07-01T00:00:00Z",
    "2016-07-01 12:30, 2016-07-01T12:30:00Z",
    "2016-07-01 12:30:05, 2016-07-01T12:30:05Z",
    "2016-07-01T12:30:05.1, 2016-07-01T12:30:05.1Z",
    "2016-07-01T12:30:05.123456789Z, 2016-07-01T12:30:05.123456789Z",
    "2016-07-01 12:30:05.000000001+05:45, 2016-07-01T06:45:05.000000001Z",
    "2016-07-01T12:30:05-0800, 2016-07-01T20:30:05Z",
    "2016-07-01 12:30:05+00, 2016-07-01T12:30:05Z",
    "1969-12-31T23:59:59.999999999Z, 1969-12-31T23:59:59.999999999Z",
    "1933-06-20T00:01:35.393153024Z, 1933-06-20T00:01:35.393153024Z",
    "2079-08-08T23:55:13.820540926Z, 2079-08-08T23:55:13.820540926Z",
  })
  void readsIsoTextToTheNanosecond(String text, String instant) throws RefusedCell {
    assertThat(TimeForm.of(text)).isEqualTo(TimeForm.ISO);
    assertThat(TimeForm.ISO.nanosOf("time", text)).isEqualTo(nanosOf(Instant.parse(instant)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2016-02-30",
        "2016-07-01 24:00:00",
        "2016-07-01 12",
        "16-07-01",
        "2016-7-1",
        "yesterday",
        "2016-07-01 12:30:05.1234567891",
        "2016-07-01 12:30:05 CET",
        "2016/07/01",
        "1.5",
        "1e9",
        "1933-06-20T00:01:35.393153023Z",
        "2079-08-08T23:55:13.820540927Z",
        "9999-12-31 00:00:00"
      })
  void refusesWhatIsNoStorableTime(String text) {
    assertThatThrownBy(() -> TimeForm.of(text).nanosOf("when", text))
        .isInstanceOf(RefusedCell.class)
        .hasMessageStartingWith("column when: '" + text + "': ");
  }

  @ParameterizedTest
  @CsvSource({
    "0, SECONDS",
    "-1, SECONDS",
    "99999999999, SECONDS",
    "1467331200, SECONDS",
    "100000000000, MILLIS",
    "1467331200000, MILLIS",
    "99999999999999, MILLIS",
    "100000000000000, MICROS",
    "1467331200000000, MICROS",
    "99999999999999999, MICROS",
    "100000000000000000, NANOS",
    "1467331200000000001, NANOS",
    "-1000000000000000000, NANOS",
    "-9223372036854775808, NANOS",
    "9223372036854775808, ISO"
  })
  void tellsEpochUnitsApartByMagnitude(String text, TimeForm form) {
    assertThat(TimeForm.of(text)).isEqualTo(form);
  }

  @Test
  void epochsAgreeWithExactArithmetic() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    TimeForm[] forms = {TimeForm.SECONDS, TimeForm.MILLIS, TimeForm.MICROS, TimeForm.NANOS};
    long[] units = {1_000_000_000, 1_000_000, 1_000, 1};
    for (int i = 0; i < 100_000; i++) {
      int unit = random.nextInt(4);
      long value = random.nextLong() >> random.nextInt(64);
      BigInteger exact = BigInteger.valueOf(value).multiply(BigInteger.valueOf(units[unit]));
      boolean storable =
          exact.compareTo(BigInteger.ONE.shiftLeft(60).negate()) >= 0
              && exact.compareTo(BigInteger.valueOf(3).shiftLeft(60).subtract(BigInteger.TWO)) <= 0;
      assertThat(nanosOrNull(forms[unit], Long.toString(value)))
          .as("seed %d: %d %s", seed, value, forms[unit])
          .isEqualTo(storable ? (Long) exact.longValueExact() : null);
    }
  }

  @Test
  void isoTextAgreesWithJavaTime() throws RefusedCell {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      long nanos = random.nextLong(-(1L << 60), 3 * (1L << 60) - 1);
      ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60 + 1));
      OffsetDateTime time = Instant.EPOCH.plusNanos(nanos).atOffset(offset);
      String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
      assertThat(TimeForm.ISO.nanosOf("time", text)).as("seed %d: %s", seed, text).isEqualTo(nanos);
      String plain = LocalDateTime.ofInstant(time.toInstant(), ZoneOffset.UTC).toString();
      assertThat(TimeForm.ISO.nanosOf("time", plain.replace('T', ' ')))
          .as("seed %d: %s", seed, plain)
          .isEqualTo(nanos);
    }
  }

  private static @Nullable Long nanosOrNull(TimeForm form, String text) {
    try {
      return form.nanosOf("time", text);
    } catch (RefusedCell e) {
      return null;
    }
  }

  private static long nanosOf(Instant instant) {
    return BigInteger.valueOf(instant.getEpochSecond())
        .multiply(BigInteger.valueOf(1_000_000_000))
        .add(BigInteger.valueOf(instant.getNano()))
        .longValueExact();
  }
}
