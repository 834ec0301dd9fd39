package org.reassign.cli.controller;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reassign.cli.UsageException;

/** What {@code --http} names. */
final class HttpAddress {
    private static final Pattern FORM =
            Pattern.compile("(?:(?<host>\\[[0-9a-fA-F:.]+]|[^:\\s]*):)?(?<port>[0-9]{1,5})");
    private static final int MOST = 65_535;

    private HttpAddress() {}

    /** {@code HOST:PORT}; a port alone is one of the loopback address. What is neither is the user's mistake. */
    static InetSocketAddress of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group("port")) > MOST) {
            throw new UsageException("--http '" + text + "' is no address; write HOST:PORT, such as 127.0.0.1:9404");
        }
        String host = matcher.group("host");
        int port = Integer.parseInt(matcher.group("port"));
        try {
            return host == null || host.isEmpty()
                    ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
                    : new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new UsageException(
                    "--http names the host '" + host + "', which is unknown; name one of this machine", e);
        }
    }
}
