using System.Text.RegularExpressions;
using HostingOps.Engine.WebServers;

namespace HostingOps.Engine.Mirror.Serving;

/// <summary>A site as its secondary host's web server knows it. Every text in it is fit to stand in a configuration.</summary>
/// <param name="Name">The site.</param>
/// <param name="Folder">Its mirror's folder there.</param>
/// <param name="HostName">The name that visitors use.</param>
/// <param name="OtherNames">Names that lead to it.</param>
/// <param name="Domain">Its bare domain.</param>
/// <param name="Certificates">Where a name's certificate is, with placeholders, or null for http only.</param>
internal sealed partial record MirroredSite(string Name, string Folder, string HostName, IReadOnlyList<string> OtherNames, string Domain, string? Certificates)
{
    /// <summary>All its names.</summary>
    public IEnumerable<string> Names => OtherNames.Prepend(HostName);

    /// <summary>The folder of a name's certificate.</summary>
    public string CertificateOf(string name) => ServerPath.Fill(Certificates!, name, Domain);

    /// <summary>Checks a site of the inventory: one from a file has been checked, one that was made in memory has not.</summary>
    /// <exception cref="HostingException">MirrorConfigInvalid.</exception>
    public static MirroredSite Of(HostedSite site)
    {
        var settings = site.Mirror!;
        Demand(site, "name", NamePattern().IsMatch(site.Name) ? null : "has other characters than ASCII letters, digits, '.', '_' and '-', or does not begin with a letter or digit");
        Demand(site, "mirror.folder", ServerPath.ProblemOf(settings.Folder));
        Demand(site, "mirror.certificates", settings.Certificates is { } pattern ? ServerPath.ProblemOfPattern(pattern) : null);
        string[] others = [site.Domain, .. site.Aliases.SelectMany(static alias => new[] { alias, "www." + alias })];
        foreach (var name in others.Append(site.HostName))
        {
            Demand(site, "domain", HostPattern().IsMatch(name) ? null : "is no host name in lower case ASCII");
        }

        return new MirroredSite(site.Name, settings.Folder + "/" + site.Name, site.HostName, others.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList(), site.Domain, settings.Certificates);
    }

    private static void Demand(HostedSite site, string key, string? problem)
    {
        if (problem is not null)
        {
            throw new HostingException(
                ErrorIds.MirrorConfigInvalid, HostingErrorCategory.InvalidData, site.Name, $"The '{key}' of site '{site.Name}' {problem}, so that it cannot stand in a web server's configuration.", $"Correct '{key}' in the inventory.");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostPattern();
}
