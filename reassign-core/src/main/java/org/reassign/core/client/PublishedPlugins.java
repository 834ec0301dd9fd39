package org.reassign.core.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pf4j.ExtensionPoint;
import org.reassign.api.client.ControllerStatus;
import org.reassign.api.client.ControllerStatus.Leader;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.StorageLayout;
import org.reassign.core.plugin.ChoiceException;
import org.reassign.core.plugin.NamedPlugin;
import org.reassign.core.plugin.PluginFault;
import org.reassign.core.plugin.PluginHost;
import org.reassign.core.plugin.PluginKind;

/**
 * The plugins that a controller has published, made by a host. What the user has chosen comes first, but while there is a
 * controller it must not contradict what is published. Without either: {@value #LAYOUT}, {@code payload} and {@code legacy}.
 */
public final class PublishedPlugins implements ClientPlugins {
    private static final String LAYOUT = "separate";
    private static final List<String> CHANNELS = List.of("payload", "legacy");

    private final PluginHost host;
    private final Optional<String> layout;
    private final Optional<String> gateway;
    private final List<String> channels;
    private final Map<String, SortedMap<String, String>> settings;
    private final Map<String, StorageLayout> layouts = new HashMap<>();
    private final Map<String, RequestChannel> made = new HashMap<>();

    /** Chooses nothing: what is published is used. The host stays the caller's. */
    public PublishedPlugins(PluginHost host) {
        this(host, Optional.empty(), Optional.empty(), List.of(), Map.of());
    }

    /**
     * With what the user has chosen.
     *
     * @param layout the layout, if one was chosen
     * @param gateway the gateway, if one was chosen; a client that asks no broker only compares it with what is published
     * @param channels the channels, the one to submit through first; none where none was chosen
     * @param settings plugin to its settings
     */
    public PublishedPlugins(
            PluginHost host,
            Optional<String> layout,
            Optional<String> gateway,
            List<String> channels,
            Map<String, SortedMap<String, String>> settings) {
        this.host = host;
        this.layout = layout;
        this.gateway = gateway;
        this.channels = List.copyOf(channels);
        this.settings = Map.copyOf(settings);
    }

    @Override
    public List<NamedPlugin<StorageLayout>> layouts(ControllerStatus controller) {
        Optional<String> published = controller.layout();
        if (controller.leader() != Leader.NONE) {
            refuseContradiction("storage-layout", layout, published);
        }
        if (controller.leader() == Leader.REASSIGN) { // else one that was tried here before may have left its name
            refuseContradiction("gateway", gateway, controller.gateway());
        }
        String name = layout.or(() -> published).orElse(LAYOUT);
        List<NamedPlugin<StorageLayout>> all = new ArrayList<>();
        all.add(layout(name));
        for (String other : host.names(PluginKind.STORAGE_LAYOUT)) {
            if (!other.equals(name)) {
                add(other, all);
            }
        }
        return all;
    }

    private static void refuseContradiction(String option, Optional<String> chosen, Optional<String> published) {
        if (chosen.isPresent() && published.isPresent() && !published.equals(chosen)) {
            throw new ChoiceException(option + " '" + chosen.get() + "' contradicts the controller that leads, which"
                    + " has published '" + published.get() + "'; leave the option out");
        }
    }

    /** One that cannot be made is passed over, as the controller does, too; it says so. */
    private void add(String other, List<NamedPlugin<StorageLayout>> all) {
        try {
            all.add(layout(other));
        } catch (PluginFault fault) {
            return; // its records are not found; the controller warns of it
        }
    }

    private NamedPlugin<StorageLayout> layout(String name) {
        return new NamedPlugin<>(
                name, layouts.computeIfAbsent(name, chosen -> choose(PluginKind.STORAGE_LAYOUT, chosen)));
    }

    @Override
    public List<NamedPlugin<RequestChannel>> channels(ControllerStatus controller) {
        List<String> published = controller.channels();
        if (controller.leader() != Leader.NONE && !published.isEmpty()) {
            for (String name : channels) {
                if (!published.contains(name)) {
                    throw new ChoiceException("request-channel '" + name + "' is not open at the controller that leads,"
                            + " which has published " + String.join(", ", published)
                            + "; choose one of these, or leave the option out");
                }
            }
        }
        List<String> names = new ArrayList<>(channels);
        List<String> others = published.isEmpty() ? CHANNELS : published;
        others.stream().filter(name -> !names.contains(name)).forEach(names::add);
        return names.stream().map(this::channel).toList();
    }

    @Override
    public NamedPlugin<RequestChannel> channel(String name) {
        return new NamedPlugin<>(
                name, made.computeIfAbsent(name, chosen -> choose(PluginKind.REQUEST_CHANNEL, chosen)));
    }

    private <T extends ExtensionPoint> T choose(PluginKind<T> kind, String name) {
        return host.choose(kind, name, settings.getOrDefault(name, new TreeMap<>()))
                .plugin();
    }
}
