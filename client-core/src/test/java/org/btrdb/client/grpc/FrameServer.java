package org.btrdb.client.grpc;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.btrdb.proto.v5api.InfoResponse;

/**
 * An HTTP/2 server of bare frames: answers Info as a BTrDB would, and the next call with whatever
 * bytes a test gives. One connection at a time.
 */
final class FrameServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FrameServer.class.getName());
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int ACK = 1;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  /** {@code :status 200}, {@code content-type: application/grpc}, in HPACK without a table. */
  private static final byte[] ANSWER = headers(false);

  private static final byte[] COMPRESSED_ANSWER = headers(true);

  /** Says what comes after Info. */
  @FunctionalInterface
  interface Script {
    void answer(Reply reply) throws IOException;
  }

  private final ServerSocket listening;
  private final Thread thread;

  private FrameServer(Script script) throws IOException {
    this.listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    this.thread = new Thread(() -> serve(script), "frame-server");
    thread.setDaemon(true);
    thread.start();
  }

  static FrameServer start(Script script) throws IOException {
    return new FrameServer(script);
  }

  String target() {
    return "127.0.0.1:" + listening.getLocalPort();
  }

  /** What a test sends for one call. */
  static final class Reply {
    private final OutputStream out;
    private final int stream;

    private Reply(OutputStream out, int stream) {
      this.out = out;
      this.stream = stream;
    }

    /** The headers that every answer begins with. */
    Reply begin() throws IOException {
      return frame(HEADERS, END_HEADERS, stream, ANSWER);
    }

    /** The same, with messages that may be compressed. */
    Reply beginCompressed() throws IOException {
      return frame(HEADERS, END_HEADERS, stream, COMPRESSED_ANSWER);
    }

    /** A piece of the messages, in frames of the allowed size. */
    Reply data(byte[] bytes) throws IOException {
      for (int at = 0; at < bytes.length; at += 16_000) {
        int length = Math.min(16_000, bytes.length - at);
        byte[] part = new byte[length];
        System.arraycopy(bytes, at, part, 0, length);
        frame(DATA, 0, stream, part);
      }
      return this;
    }

    /** A message as gRPC frames it. */
    Reply message(byte[] message) throws IOException {
      return data(prefixed(0, message.length, message));
    }

    /** The status OK, which ends the call. */
    Reply end() throws IOException {
      ByteArrayOutputStream trailers = new ByteArrayOutputStream();
      literal(trailers, "grpc-status", "0");
      return frame(HEADERS, END_HEADERS | END_STREAM, stream, trailers.toByteArray());
    }

    /** A frame of the call itself. */
    Reply own(int type, int flags, byte[] payload) throws IOException {
      return frame(type, flags, stream, payload);
    }

    /** Any frame. */
    Reply frame(int type, int flags, int id, byte[] payload) throws IOException {
      ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
      frame.putInt(payload.length << 8 | type).put((byte) flags).putInt(id).put(payload);
      return bytes(frame.array());
    }

    /** Any bytes. */
    Reply bytes(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
      return this;
    }
  }

  /** What stands before a message: whether it is compressed, and how long it is said to be. */
  static byte[] prefixed(int flag, int length, byte[] message) {
    return ByteBuffer.allocate(5 + message.length)
        .put((byte) flag)
        .putInt(length)
        .put(message)
        .array();
  }

  private static byte[] headers(boolean gzip) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(0x88);
    literal(block, "content-type", "application/grpc");
    if (gzip) {
      literal(block, "grpc-encoding", "gzip");
    }
    return block.toByteArray();
  }

  private static void literal(ByteArrayOutputStream block, String name, String value) {
    block.write(0);
    block.write(name.length());
    block.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    block.write(value.length());
    block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
  }

  private void serve(Script script) {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        serve(socket, script);
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "the client went, or this server was closed", e);
      }
    }
  }

  private static void serve(Socket socket, Script script) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    in.readFully(new byte["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length()]);
    Reply connection = new Reply(socket.getOutputStream(), 0);
    connection.frame(SETTINGS, 0, 0, new byte[0]);
    int calls = 0;
    while (true) {
      int lengthAndType = in.readInt();
      int flags = in.readByte();
      int stream = in.readInt();
      byte[] payload = new byte[lengthAndType >>> 8];
      in.readFully(payload);
      int type = lengthAndType & 0xff;
      if ((type == SETTINGS || type == PING) && (flags & ACK) == 0) {
        connection.frame(type, ACK, 0, type == PING ? payload : new byte[0]);
      } else if (type == DATA && (flags & END_STREAM) != 0) {
        Reply reply = new Reply(socket.getOutputStream(), stream);
        if (calls++ == 0) {
          InfoResponse info =
              InfoResponse.newBuilder().setMajorVersion(5).setMinorVersion(29).build();
          reply.begin().message(info.toByteArray()).end();
        } else {
          script.answer(reply);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    thread.interrupt();
  }
}
