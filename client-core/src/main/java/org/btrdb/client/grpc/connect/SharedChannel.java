package org.btrdb.client.grpc.connect;

import com.google.common.net.HostAndPort;
import io.grpc.Channel;
import io.grpc.ConnectivityState;
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
 * A share in a channel; connections to one place with the same options have the same channel, which
 * ends with the last share.
 */
final class SharedChannel implements NodeChannel {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Map<Place, Counted> OPEN = new HashMap<>();

  private final Place place;
  private final ManagedChannel channel;
  private final AtomicBoolean closed = new AtomicBoolean();

  private record Place(HostAndPort endpoint, ConnectOptions options) {}

  /** A channel and how many shares there are. */
  private static final class Counted {
    private final ManagedChannel channel;
    private int shares;

    Counted(ManagedChannel channel) {
      this.channel = channel;
    }
  }

  private SharedChannel(Place place, ManagedChannel channel) {
    this.place = place;
    this.channel = channel;
  }

  /** Takes a share; nothing connects before the first call. */
  static SharedChannel to(HostAndPort endpoint, ConnectOptions options) {
    Place place = new Place(endpoint, options);
    synchronized (OPEN) {
      Counted counted = OPEN.computeIfAbsent(place, p -> new Counted(build(p)));
      counted.shares++;
      return new SharedChannel(place, counted.channel);
    }
  }

  private static ManagedChannel build(Place place) {
    ConnectOptions options = place.options;
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(place.endpoint.getHost(), place.endpoint.getPort())
            // Callbacks only queue what arrived, so they need no thread of their own.
            .directExecutor()
            .withOption(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                Math.toIntExact(options.connectTimeout().toMillis()))
            .maxInboundMessageSize(options.maxInboundMessageBytes());
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
    return start.apply(channel);
  }

  @Override
  public boolean isFailing() {
    return channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE;
  }

  /** Connects again at once where gRPC would wait longer after each failure. */
  @Override
  public void resynchronise(CallScope scope) {
    channel.resetConnectBackoff();
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
        end();
      }
    }
  }

  /** Where nothing is connected no call is begun that could go on, and a handshake may last. */
  private void end() {
    if (channel.getState(false) == ConnectivityState.READY) {
      channel.shutdown();
    } else {
      channel.shutdownNow();
    }
  }
}
