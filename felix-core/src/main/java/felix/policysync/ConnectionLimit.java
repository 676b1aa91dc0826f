package felix.policysync;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Closes connections to a socket that has enough: whoever may open it must not use up the agent's
 * file descriptors. Goes before the handler that takes connections over. Thread {@code
 * policy-sync}.
 */
final class ConnectionLimit extends ChannelInboundHandlerAdapter {
  private final int most;
  private int open;

  ConnectionLimit(int most) {
    this.most = most;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object accepted) {
    var connection = (Channel) accepted;
    if (open == most) {
      connection.unsafe().closeForcibly();
      return;
    }
    open++;
    connection.closeFuture().addListener(closed -> open--);
    context.fireChannelRead(connection);
  }
}
