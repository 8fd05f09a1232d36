namespace HostingOps.Engine.Apex.Recovery;

/// <summary>
/// The host keys that cloud-init prints on a console at the end of the first boot, between two lines of its own. The kernel and
/// other programs write to the same console, so that whatever is not exactly a key is passed over.
/// </summary>
internal static class ConsoleHostKeys
{
    private const string Begin = "-----BEGIN SSH HOST KEY KEYS-----";
    private const string End = "-----END SSH HOST KEY KEYS-----";

    /// <summary>The keys, one of a type; empty when there is no whole list of them yet.</summary>
    /// <param name="console">What the console shows.</param>
    /// <param name="isClear">False when it shows two keys of one type: then none can be believed.</param>
    public static IReadOnlyList<SshHostKey> Read(string console, out bool isClear)
    {
        ArgumentNullException.ThrowIfNull(console);
        isClear = true;
        var keys = new SortedDictionary<string, SshHostKey>(StringComparer.Ordinal);
        List<SshHostKey>? block = null;
        foreach (var line in console.Split('\n'))
        {
            switch (line.TrimEnd('\r', ' '))
            {
                case Begin:
                    block = [];
                    break;
                case End when block is not null:
                    foreach (var key in block)
                    {
                        isClear &= keys.TryAdd(key.Type, key) || keys[key.Type] == key;
                    }

                    block = null;
                    break;
                case var text when block is not null && SshHostKey.Parse(text) is { } key:
                    block.Add(key);
                    break;
            }
        }

        return isClear ? [.. keys.Values] : [];
    }

    /// <summary>The lines of a known_hosts file for one address and port, and nothing else.</summary>
    /// <param name="address">The address that ssh goes to.</param>
    /// <param name="port">The port.</param>
    /// <param name="keys">The keys.</param>
    public static string KnownHosts(System.Net.IPAddress address, int port, IReadOnlyList<SshHostKey> keys)
    {
        var host = port == 22 ? address.ToString() : FormattableString.Invariant($"[{address}]:{port}");
        return string.Concat(keys.Select(key => $"{host} {key.Type} {key.Base64}\n"));
    }
}
