package io.aifs.server.grpc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Carries TCP connections to a server, counts what clients send, and cuts as a test wants. */
final class CuttingProxy implements AutoCloseable {
  private final InetSocketAddress server;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong sentBytes = new AtomicLong();
  private final AtomicLong connections = new AtomicLong();
  private volatile long cutAfterBytes = Long.MAX_VALUE;
  private volatile long cuts;

  CuttingProxy(InetSocketAddress server) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Cuts each of the next {@code times} connections once its client has sent so much. */
  void cutAfter(long bytes, long times) {
    cutAfterBytes = bytes;
    cuts = connections.get() + times;
  }

  /** What clients have sent since this was last asked. */
  long takeSentBytes() {
    return sentBytes.getAndSet(0);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket behind = new Socket();
        sockets.add(client);
        sockets.add(behind);
        behind.connect(server);
        boolean cut = connections.incrementAndGet() <= cuts;
        long bytesMax = cut ? cutAfterBytes : Long.MAX_VALUE;
        Thread.ofVirtual().start(() -> carry(client, behind, bytesMax, sentBytes));
        Thread.ofVirtual().start(() -> carry(behind, client, Long.MAX_VALUE, new AtomicLong()));
      }
    } catch (IOException _) {
      // closed
    }
  }

  private static void carry(Socket from, Socket to, long bytesMax, AtomicLong counter) {
    byte[] buffer = new byte[64 << 10];
    long left = bytesMax;
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      while (left > 0) {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          return;
        }
        out.write(buffer, 0, count);
        counter.addAndGet(count);
        left -= count;
      }
    } catch (IOException _) {
      // one side has closed
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
