package org.btrdb.client.grpc.call;

import java.util.UUID;
import org.btrdb.client.CallScope;
import org.jspecify.annotations.Nullable;

/**
 * What a call is about.
 *
 * @param subject what messages of failures begin with: the stream or value in question
 * @param stream the stream whose node must answer; null if any node can
 * @param repeatable whether making the call twice does what making it once does
 * @param scope the life of the call
 */
public record CallTarget(
    String subject, @Nullable UUID stream, boolean repeatable, CallScope scope) {

  /** A call that reads a stream. */
  public static CallTarget read(UUID stream, CallScope scope) {
    return new CallTarget(subject(stream), stream, true, scope);
  }

  /** A call that changes a stream. */
  public static CallTarget write(UUID stream, CallScope scope) {
    return new CallTarget(subject(stream), stream, false, scope);
  }

  /** A call that reads something that every node knows. */
  public static CallTarget anywhere(String subject, CallScope scope) {
    return new CallTarget(subject, null, true, scope);
  }

  /** How messages name a stream. */
  public static String subject(UUID stream) {
    return "stream " + stream;
  }
}
