using System.Globalization;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Reads an asset host: a full host name, with its port where that is neither http's nor https's own.</summary>
internal static class AssetHostSyntax
{
    // What a lab has on this machine has no other name.
    private const string ThisMachine = "localhost";

    /// <summary>The host as URLs name it, or null with the problem.</summary>
    public static string? Read(string text, out string problem, out string? fix)
    {
        var colon = text.Contains('/', StringComparison.Ordinal) ? -1 : text.LastIndexOf(':');
        var host = Name(colon < 0 ? text : text[..colon], out problem, out fix);
        if (colon < 0 || host is null)
        {
            return host;
        }

        if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
        {
            problem = "has no port from 1 to 65535 behind its ':'";
            return null;
        }

        // URLs leave them out, so that it would never be found.
        if (port is 80 or 443)
        {
            (problem, fix) = ("has a port that needs no saying", $"Write '{host}'.");
            return null;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
    }

    private static string? Name(string text, out string problem, out string? fix)
    {
        (problem, fix) = ("", null);
        return text.Equals(ThisMachine, StringComparison.OrdinalIgnoreCase) ? ThisMachine : DomainSyntax.Read(text, out problem, out fix);
    }
}
