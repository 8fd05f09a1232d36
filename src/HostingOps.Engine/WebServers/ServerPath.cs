using System.Buffers;
using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.WebServers;

/// <summary>
/// Paths on the redirector, which go into its configuration. Only characters that mean nothing to nginx, Caddy or a shell may
/// stand in them: a '$', say, cannot be written in nginx's configuration at all, for nothing escapes it there.
/// </summary>
internal static class ServerPath
{
    /// <summary>Stands for the name asked for.</summary>
    public const string Domain = "{domain}";

    /// <summary>Stands for the domain of the site that the name leads to.</summary>
    public const string SiteDomain = "{siteDomain}";

    private const int Longest = 1024;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+@=:,");

    /// <summary>What is wrong with an absolute path, or null.</summary>
    public static string? ProblemOf(string? path)
    {
        if (path is not ['/', _, ..])
        {
            return "is not an absolute path";
        }

        if (path.Length > Longest)
        {
            return FormattableString.Invariant($"is longer than {Longest} characters");
        }

        var strange = path.AsSpan().IndexOfAnyExcept(Allowed);
        if (strange >= 0)
        {
            return $"has the character {Shown(path, strange)}, which may mean something else in a configuration";
        }

        return path.EndsWith('/') ? "ends with '/'"
            : path.Split('/').Skip(1).Any(static segment => segment is "" or "." or "..") ? "has an empty, '.' or '..' segment"
            : null;
    }

    /// <summary>What is wrong with a path that may have placeholders, or null.</summary>
    public static string? ProblemOfPattern(string? pattern) => ProblemOf(pattern is null ? null : Fill(pattern, "a.example", "a.example"));

    /// <summary>The path for one name.</summary>
    public static string Fill(string pattern, string domain, string siteDomain) => pattern
        .Replace(Domain, domain, StringComparison.Ordinal)
        .Replace(SiteDomain, siteDomain, StringComparison.Ordinal);

    private static string Shown(string path, int at) =>
        path[at] is > ' ' and < '\x7f' ? YamlScalar.Quote(path[at].ToString()) : FormattableString.Invariant($"U+{(int)path[at]:X4}");
}
