package org.btrdb.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.proto.v5api.CreateParams;
import org.btrdb.proto.v5api.FaultInjectParams;
import org.btrdb.proto.v5api.InfoParams;
import org.btrdb.proto.v5api.InfoResponse;
import org.btrdb.proto.v5api.InsertParams;
import org.btrdb.proto.v5api.LookupStreamsParams;
import org.btrdb.proto.v5api.LookupStreamsResponse;
import org.btrdb.proto.v5api.RawPoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What any client made from the wire contract sees of the catalogue, of inserts and of Info. */
class WireCatalogueTest {
  @SuppressWarnings("NullAway.Init")
  private static WireClient wire;

  @SuppressWarnings("NullAway.Init")
  private static ByteString tens;

  @BeforeAll
  static void serve() {
    wire = WireClient.start();
    tens = wire.stream("tens", 10, 20, 30);
  }

  @AfterAll
  static void stop() {
    wire.close();
  }

  @Test
  void streamsCollideBy417And418() {
    CreateParams again =
        CreateParams.newBuilder()
            .setUuid(tens)
            .setCollection("elsewhere")
            .addTags(WireClient.pair("name", "tens"))
            .build();
    assertThat(wire.stub().create(again).getStat().getCode()).isEqualTo(417); // 23
    CreateParams twin =
        CreateParams.newBuilder()
            .setUuid(UuidBytes.of(UUID.randomUUID()))
            .setCollection("tests")
            .addTags(WireClient.pair("name", "tens"))
            .build();
    assertThat(wire.stub().create(twin).getStat().getCode()).isEqualTo(418);
  }

  @Test
  void lookupsShowAllFixedTags() {
    List<LookupStreamsResponse> answer =
        WireClient.list(
            wire.stub()
                .lookupStreams(
                    LookupStreamsParams.newBuilder()
                        .setCollection("tests")
                        .addTags(WireClient.pair("name", "tens"))
                        .build()));
    assertThat(answer).hasSize(1);
    assertThat(answer.get(0).getResults(0).getTagsList())
        .containsExactlyInAnyOrder(
            WireClient.pair("name", "tens"),
            WireClient.pair("unit", ""),
            WireClient.pair("ingress", ""),
            WireClient.pair("distiller", ""));
    assertThat(
            WireClient.list(
                wire.stub()
                    .lookupStreams(
                        LookupStreamsParams.newBuilder().setCollection("nowhere").build())))
        .containsExactly(LookupStreamsResponse.getDefaultInstance());
  }

  @Test
  void infoServesProxiedAndRoutingClients() {
    InfoResponse info = wire.stub().info(InfoParams.getDefaultInstance());
    String self = BtrdbServer.LOOPBACK + ":" + wire.port();
    assertThat(info.hasStat()).isFalse();
    assertThat(info.getMajorVersion()).isEqualTo(5);
    assertThat(info.getProxy().getProxyEndpointsList()).containsExactly(self);
    assertThat(info.getMash().getMembersList()).hasSize(1);
    assertThat(info.getMash().getMembers(0).getStart()).isZero();
    assertThat(info.getMash().getMembers(0).getEnd()).isEqualTo(1L << 32);
    assertThat(info.getMash().getMembers(0).getGrpcEndpoints()).isEqualTo(self);
  }

  @Test
  void faultInjectionIsDisabled() {
    assertThat(wire.stub().faultInject(FaultInjectParams.getDefaultInstance()).getStat())
        .returns(424, stat -> stat.getCode());
  }

  /** Nobody can connect to "all addresses". */
  @Test
  void infoOfAServerOnAllAddressesNamesTheMachine() {
    for (String all : new String[] {"0.0.0.0", "::"}) {
      Endpoint endpoint = Endpoint.of(new InetSocketAddress(all, 0));
      endpoint.listensOn(4410);
      assertThat(endpoint.toString())
          .doesNotContain("0.0.0.0")
          .doesNotContain("::")
          .endsWith(":4410");
    }
    Endpoint named = Endpoint.of(new InetSocketAddress("localhost", 0));
    assertThat(named.toString()).isEqualTo("localhost:0");
  }

  @Test
  void insertsAreCheckedAndLimited() {
    ByteString uuid = wire.emptyStream("inserts");
    assertThat(wire.insert(uuid, 0, Double.NaN).getStat().getCode()).isEqualTo(425);
    assertThat(wire.insert(uuid, 0, 0).getVersionMinor()).isEqualTo(1);
    InsertParams.Builder big = InsertParams.newBuilder().setUuid(uuid);
    RawPoint point = RawPoint.newBuilder().setTime(1).setValue(1).build();
    for (int i = 0; i <= ColumnCalls.MAX_INSERT_POINTS; i++) {
      big.addValues(point);
    }
    assertThat(wire.stub().insert(big.build()).getStat().getCode()).isEqualTo(414);
    assertThat(
            wire.stub()
                .insert(InsertParams.newBuilder().setUuid(uuid).setMergePolicyValue(9).build())
                .getStat()
                .getCode())
        .isEqualTo(421);
  }
}
