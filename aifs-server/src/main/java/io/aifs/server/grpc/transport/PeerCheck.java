package io.aifs.server.grpc.transport;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

/**
 * Lets only the user who runs the server, and root, connect to its Unix socket, whatever the
 * permissions of the file's directory. Thread-safe.
 */
public final class PeerCheck {
  private static final int ROOT_UID = 0;
  private static final String ROOT_NAME = "root";

  private final int ownUid;
  private final UserPrincipal ownUser;

  private PeerCheck(int ownUid, UserPrincipal ownUser) {
    this.ownUid = ownUid;
    this.ownUser = ownUser;
  }

  /** A check for the owner of {@code file}, which this process made. */
  public static PeerCheck ownerOf(Path file) throws IOException {
    return new PeerCheck((Integer) Files.getAttribute(file, "unix:uid"), Files.getOwner(file));
  }

  /** Whether the other end of the connection may speak. */
  boolean accepts(Channel channel) {
    try {
      return switch (channel) {
        case EpollDomainSocketChannel epoll -> acceptsUid(epoll.peerCredentials().uid());
        case NioDomainSocketChannel nio -> {
          UnixDomainPrincipal peer =
              nio.config().getOption(NioChannelOption.of(ExtendedSocketOptions.SO_PEERCRED));
          yield peer != null && acceptsUser(peer.user());
        }
        default -> false;
      };
    } catch (IOException e) {
      return false; // nobody is who cannot be asked
    }
  }

  boolean acceptsUid(int uid) {
    return uid == ownUid || uid == ROOT_UID;
  }

  private boolean acceptsUser(UserPrincipal user) {
    return user.equals(ownUser) || user.getName().equals(ROOT_NAME);
  }
}
