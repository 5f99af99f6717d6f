package org.btrdb.client.grpc.connect;

import com.google.common.net.HostAndPort;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.stub.MetadataUtils;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.btrdb.client.CallScope;
import org.btrdb.client.grpc.cluster.NodeChannel;
import org.jspecify.annotations.Nullable;

/**
 * A share in the {@link Connections} to a place, which all that go to it with the same options have
 * in common and which end with the last share.
 */
final class SharedChannel implements NodeChannel {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  /** How long a connection that only many calls at once need is kept without any. */
  private static final int SPARE_SECONDS = 60;

  private static final Map<Place, Counted> OPEN = new HashMap<>();

  private final Place place;
  private final Connections connections;
  private final AtomicBoolean closed = new AtomicBoolean();

  private record Place(HostAndPort endpoint, ConnectOptions options) {}

  /** The connections to a place and how many shares there are. */
  private static final class Counted {
    private final Connections connections;
    private int shares;

    Counted(Place place) {
      this.connections =
          new Connections(
              (window, isSpare) -> build(place, window, isSpare), WindowMemory.OF_PROCESS);
    }
  }

  private SharedChannel(Place place, Connections connections) {
    this.place = place;
    this.connections = connections;
  }

  /** Takes a share; nothing connects before the first call. */
  static SharedChannel to(HostAndPort endpoint, ConnectOptions options) {
    Place place = new Place(endpoint, options);
    synchronized (OPEN) {
      Counted counted = OPEN.computeIfAbsent(place, Counted::new);
      counted.shares++;
      return new SharedChannel(place, counted.connections);
    }
  }

  private static ManagedChannel build(Place place, int windowBytes, boolean isSpare) {
    ConnectOptions options = place.options;
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(place.endpoint.getHost(), place.endpoint.getPort())
            // Callbacks only queue what arrived, so they need no thread of their own.
            .directExecutor()
            .withOption(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                Math.toIntExact(options.connectTimeout().toMillis()))
            .maxInboundMessageSize(options.maxInboundMessageBytes())
            // Fixed: gRPC would let it grow, up to 8 MB for each call whether read or not.
            .flowControlWindow(windowBytes);
    if (isSpare) {
      builder.idleTimeout(SPARE_SECONDS, TimeUnit.SECONDS);
    }
    if (options.tls().isUsedAt(place.endpoint)) {
      builder.sslContext(options.tls().context());
    } else {
      builder.usePlaintext();
    }
    if (!options.authority().isEmpty()) {
      builder.overrideAuthority(options.authority());
    }
    if (!options.keepAlive().isZero()) {
      builder.keepAliveTime(options.keepAlive().toSeconds(), TimeUnit.SECONDS);
    }
    if (!options.apiKey().isEmpty()) {
      Metadata headers = new Metadata();
      headers.put(AUTHORIZATION, "Bearer " + options.apiKey());
      builder.intercept(MetadataUtils.newAttachHeadersInterceptor(headers));
    }
    return builder.build();
  }

  @Override
  public <T> T start(@Nullable UUID stream, Function<? super Channel, T> start) {
    return start.apply(connections);
  }

  @Override
  public boolean isFailing() {
    return connections.isFailing();
  }

  @Override
  public void resynchronise(boolean refused, CallScope scope) {
    connections.connectAgain();
  }

  /** Gives the share back; idempotent. Calls of other shares, and calls begun, go on. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    synchronized (OPEN) {
      Counted counted = OPEN.get(place);
      if (counted != null && --counted.shares == 0) {
        OPEN.remove(place);
        connections.end();
      }
    }
  }
}
