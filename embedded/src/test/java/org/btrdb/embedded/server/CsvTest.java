package org.btrdb.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.List;
import org.btrdb.proto.v5api.GenerateCSVParams;
import org.btrdb.proto.v5api.GenerateCSVParams.QueryType;
import org.btrdb.proto.v5api.GenerateCSVResponse;
import org.btrdb.proto.v5api.StreamCSVConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Streams side by side as text (reference 2.19). */
class CsvTest {
  private static final String EPOCH = "1970-01-01T00:00:00Z";

  @SuppressWarnings("NullAway.Init")
  private static WireClient wire;

  @SuppressWarnings("NullAway.Init")
  private static ByteString first;

  @SuppressWarnings("NullAway.Init")
  private static ByteString second;

  @BeforeAll
  static void serve() {
    wire = WireClient.start();
    first =
        wire.streamOf(
            "first", new long[] {-1, 10, 10, 2_000_000_000L}, new double[] {1, -2.5, 3, 1e20});
    second = wire.streamOf("second", new long[] {10, 20}, new double[] {0.1234565, 1.0 / 3});
  }

  @AfterAll
  static void stop() {
    wire.close();
  }

  private static GenerateCSVParams.Builder request(QueryType type, long start, long end) {
    return GenerateCSVParams.newBuilder()
        .setQueryType(type)
        .setStartTime(start)
        .setEndTime(end)
        .addStreams(StreamCSVConfig.newBuilder().setLabel("a").setUuid(first))
        .addStreams(StreamCSVConfig.newBuilder().setLabel("b").setUuid(second));
  }

  private static List<GenerateCSVResponse> answer(GenerateCSVParams.Builder request) {
    return WireClient.list(wire.stub().generateCSV(request.build()));
  }

  private static List<List<String>> rows(GenerateCSVParams.Builder request) {
    List<GenerateCSVResponse> answer = answer(request);
    assertThat(answer).allMatch(message -> !message.hasStat());
    assertThat(answer.get(0).getIsHeader()).isTrue();
    assertThat(answer.subList(1, answer.size())).noneMatch(GenerateCSVResponse::getIsHeader);
    return answer.stream().map(message -> List.copyOf(message.getRowList())).toList();
  }

  @Test
  void rawRowsAreTheUnionInOrderOfTime() {
    assertThat(rows(request(QueryType.RAW_QUERY, -5, 3_000_000_000L)))
        .containsExactly(
            List.of("Timestamp (ns)", "Human-Readable Time (UTC)", "a", "b"),
            List.of("-1", "1969-12-31T23:59:59Z", "1.000000", ""),
            List.of("10", EPOCH, "-2.500000", "0.123456"),
            List.of("10", EPOCH, "3.000000", ""),
            List.of("20", EPOCH, "", "0.333333"),
            List.of("2000000000", "1970-01-01T00:00:02Z", "100000000000000000000.000000", ""));
  }

  @Test
  void statisticsHaveFourColumnsAndEmptyWindowsAreEmptyCells() {
    assertThat(
            rows(
                request(QueryType.WINDOWS_QUERY, 0, 35).setWindowSize(15).setIncludeVersions(true)))
        .containsExactly(
            List.of(
                "Timestamp (ns)",
                "Human-Readable Time (UTC)",
                "a, ver. 11 (Min)",
                "a, ver. 11 (Mean)",
                "a, ver. 11 (Max)",
                "a, ver. 11 (Count)",
                "b, ver. 11 (Min)",
                "b, ver. 11 (Mean)",
                "b, ver. 11 (Max)",
                "b, ver. 11 (Count)"),
            List.of(
                "0",
                EPOCH,
                "-2.500000",
                "0.250000",
                "3.000000",
                "2",
                "0.123456",
                "0.123456",
                "0.123456",
                "1"),
            List.of("15", EPOCH, "", "", "", "", "0.333333", "0.333333", "0.333333", "1"));
    assertThat(rows(request(QueryType.ALIGNED_WINDOWS_QUERY, 0, 40).setDepth(4)))
        .hasSize(3)
        .element(2)
        .isEqualTo(List.of("16", EPOCH, "", "", "", "", "0.333333", "0.333333", "0.333333", "1"));
  }

  @Test
  void refusalsAreOneMessage() {
    assertCode(413, request(QueryType.RAW_QUERY, 5, 5));
    assertCode(415, request(QueryType.WINDOWS_QUERY, 0, 5));
    assertCode(415, request(QueryType.ALIGNED_WINDOWS_QUERY, 0, 5).setDepth(64));
    assertCode(421, request(QueryType.RAW_QUERY, 0, 5).setQueryTypeValue(9));
    assertCode(
        404,
        request(QueryType.RAW_QUERY, 0, 5)
            .addStreams(StreamCSVConfig.newBuilder().setUuid(ByteString.copyFrom(new byte[16]))));
    assertCode(
        404,
        request(QueryType.RAW_QUERY, 0, 5)
            .addStreams(StreamCSVConfig.newBuilder().setUuid(first).setVersion(99)));
  }

  @Test
  void moreStreamsThanACallMayReadAreRefused() {
    GenerateCSVParams.Builder request = request(QueryType.WINDOWS_QUERY, 0, 40).setWindowSize(10);
    while (request.getStreamsCount() < 4096) {
      request.addStreams(request.getStreams(0));
    }
    assertThat(rows(request)).hasSize(3);
    assertCode(414, request.addStreams(request.getStreams(0)));
  }

  private static void assertCode(int code, GenerateCSVParams.Builder request) {
    assertThat(answer(request))
        .hasSize(1)
        .element(0)
        .returns(code, message -> message.getStat().getCode());
  }
}
