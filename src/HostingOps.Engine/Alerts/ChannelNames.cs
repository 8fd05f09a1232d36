using System.Globalization;

namespace HostingOps.Engine.Alerts;

/// <summary>The names by which channels are known: their own, or their preset's or kind's, with a number where that is taken.</summary>
internal static class ChannelNames
{
    /// <summary>Each channel with its name, in the inventory's order. A name stays while the channels before it stay.</summary>
    public static IReadOnlyList<(string Name, NotificationChannel Channel)> Of(IReadOnlyList<NotificationChannel> channels)
    {
        var taken = channels.Select(static channel => channel.Name).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        var named = new List<(string Name, NotificationChannel Channel)>(channels.Count);
        foreach (var channel in channels)
        {
            named.Add((channel.Name ?? Free(Usual(channel), taken), channel));
        }

        return named;
    }

    /// <summary>What a channel without a name is called.</summary>
    public static string Usual(NotificationChannel channel) => channel.Kind switch
    {
        NotificationKind.Mail => "mail",
        NotificationKind.Command => "command",
        _ when channel.Preset == NotificationPreset.Generic => "webhook",
        _ => channel.Preset.ToString().ToLowerInvariant(),
    };

    private static string Free(string usual, HashSet<string> taken)
    {
        var name = usual;
        for (var number = 2; !taken.Add(name); number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{usual}-{number}");
        }

        return name;
    }
}
