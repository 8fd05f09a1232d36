using System.Globalization;
using System.Text;
using HostingOps.Engine.Mirror.Checking;
using HostingOps.Engine.Mirror.Generations;
using HostingOps.Engine.Mirror.Parsing;

namespace HostingOps.Engine.Mirror.Serving;

/// <summary>
/// A generation's parts of nginx's configuration: entries for one map of all mirrors, and what stands in the site's server. Which
/// folder the generation lies in on the machine that serves it, the file that includes these says. Pure.
/// </summary>
internal static class NginxServing
{
    /// <summary>Where requests are led to inside, by what they get.</summary>
    private const string Inside = "/.hostingops/";

    /// <summary>Entries for the map from a site and key to what it is answered with.</summary>
    public static string Map(MirrorGeneration generation, ServingTable table)
    {
        var site = generation.SiteName;
        var text = new StringBuilder("# What ").Append(site).Append(' ').Append(generation.Id).Append(" answers where no file's name says it.\n");

        // nginx's maps do not tell capitals from small letters, but for regular expressions. So the value begins with the key, which
        // is compared once more; and keys that differ in nothing else are regular expressions.
        foreach (var group in table.Told.GroupBy(pair => Fold(pair.Key), StringComparer.Ordinal))
        {
            var isAlone = group.Count() == 1;
            foreach (var (key, answer) in group)
            {
                var name = site + key;
                text.Append(ServerText.NginxWord(isAlone ? name : $"~^{ServerText.Pattern(name)}$")).Append(' ');
                text.Append(ServerText.NginxValue(name + " " + Target(table, answer))).Append(";\n");
            }
        }

        return text.ToString();
    }

    /// <summary>What stands in the site's server.</summary>
    public static string Server(MirrorGeneration generation, ServingTable table, MirrorSettings settings)
    {
        var text = new StringBuilder("# ").Append(generation.SiteName).Append(' ').Append(generation.Id).Append(", for nginx.\n");
        AppendKey(text, generation.SiteName, table.Query);
        AppendHeaders(text, generation, table);
        AppendCompression(text, table);
        AppendBanner(text, generation, table, settings);
        text.Append("\nif ($request_method !~ \"^(GET|HEAD)$\") {\n    return 503 ").Append(Literal(MirrorPages.ReadOnly)).Append(";\n}\n");
        text.Append("\nlocation = ").Append(MirrorHealth.Path).Append(" {\n    default_type application/json;\n    add_header Cache-Control no-store always;\n");
        text.Append("    return 200 ").Append(Literal(MirrorPages.Health(generation))).Append(";\n}\n");
        text.Append("\n# Only led to from inside.\nlocation ^~ /").Append(MirrorFileNaming.HashedFolder).Append(" {\n    return 404;\n}\n");
        AppendTold(text, generation, table);
        AppendNatural(text, generation, table);
        return text.ToString();
    }

    private static void AppendKey(StringBuilder text, string site, QueryRule query)
    {
        text.Append("\n# What is looked up: the path, with as much of the query as chooses what is shown.\n");
        text.Append("set $hostingops_mirror_key \"").Append(site).Append("$hostingops_mirror_path\";\n");
        if (query.Chooses is not null)
        {
            text.Append("if ($request_uri ~ ").Append(ServerText.NginxWord(query.Chooses)).Append(") {\n    set $hostingops_mirror_key \"").Append(site).Append("$request_uri\";\n}\n");
            text.Append("if ($request_uri ~ ").Append(ServerText.NginxWord(query.Tail!)).Append(") {\n    set $hostingops_mirror_key \"").Append(site).Append("$1\";\n}\n");
        }
    }

    private static void AppendHeaders(StringBuilder text, MirrorGeneration generation, ServingTable table)
    {
        text.Append("\nabsolute_redirect off;\nlog_not_found off;\ncharset off;\n");
        text.Append("default_type \"").Append(MirrorPages.Type).Append("\";\n");
        text.Append("add_header X-Mirror-Age \"").Append(MirrorPages.Age(generation)).Append("\" always;\n");
        text.Append("add_header Cache-Control no-cache always;\nadd_header Retry-After $hostingops_mirror_retry always;\n");
        text.Append(table.IsPlain ? "add_header X-Content-Type-Options nosniff always;\n" : "");

        // A browser that asks the origin by a date of ours, after the way back, would be told that its copy is still good.
        text.Append("add_header Last-Modified \"\";\nif_modified_since off;\n");
        text.Append(CultureInfo.InvariantCulture, $"error_page 404 {(table.NotFound is { } page ? ServerText.NginxValue(Inside + FileTarget(table, page)) : Inside + "missing")};\n");
    }

    private static void AppendCompression(StringBuilder text, ServingTable table)
    {
        var types = AllTypes(table).Where(ServedType.IsCompressible).Where(static type => type != "text/html").ToList();
        text.Append("\ngzip on;\ngzip_vary on;\ngzip_proxied any;\ngzip_min_length 512;\n");
        if (types.Count > 0)
        {
            text.Append("gzip_types ").AppendJoin(' ', types.DistinctBy(static type => type.ToLowerInvariant()).Select(ServerText.NginxWord)).Append(";\n");
        }
    }

    private static void AppendBanner(StringBuilder text, MirrorGeneration generation, ServingTable table, MirrorSettings settings)
    {
        if (!settings.Banner)
        {
            return;
        }

        // Who compares what is served with what was saved asks without it.
        text.Append("\nset $hostingops_mirror_banner ").Append(Literal(MirrorPages.Banner(generation))).Append(";\n");
        text.Append("if ($http_user_agent ~ \"^HostingOps/\") {\n    set $hostingops_mirror_banner \"\";\n}\n");
        text.Append("sub_filter \"</body>\" \"${hostingops_mirror_banner}</body>\";\nsub_filter_once on;\n");
        var types = AllTypes(table).Where(ContentTypes.IsHtml).Where(static type => type != "text/html" && type.Length <= 46).ToList();
        if (types.Count > 0)
        {
            text.Append("sub_filter_types ").AppendJoin(' ', types.DistinctBy(static type => type.ToLowerInvariant()).Select(ServerText.NginxWord)).Append(";\n");
        }
    }

    private static void AppendTold(StringBuilder text, MirrorGeneration generation, ServingTable table)
    {
        for (var number = 0; number < table.ToldTypes.Count; number++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nlocation ^~ {Inside}t{number}/ {{\n    internal;\n    alias \"$hostingops_mirror_folder/generations/{generation.Id}/content/\";\n");
            text.Append("    types { }\n    default_type ").Append(ServerText.NginxWord(table.ToldTypes[number])).Append(";\n}\n");
        }

        foreach (var status in table.Told.Values.Where(static answer => answer.Location is not null).Select(static answer => answer.Status).Distinct().Order())
        {
            text.Append(CultureInfo.InvariantCulture, $"\nlocation = {Inside}r{status} {{\n    internal;\n    return {status} \"$hostingops_mirror_location\";\n}}\n");
        }

        text.Append("\nlocation = ").Append(Inside).Append("s {\n    internal;\n    return 503 ").Append(Literal(MirrorPages.Unavailable)).Append(";\n}\n");
        if (table.NotFound is null)
        {
            text.Append("\nlocation = ").Append(Inside).Append("missing {\n    internal;\n    return 404 ").Append(Literal(MirrorPages.NotFound)).Append(";\n}\n");
        }
    }

    private static void AppendNatural(StringBuilder text, MirrorGeneration generation, ServingTable table)
    {
        var root = $"    root \"$hostingops_mirror_folder/generations/{generation.Id}/content\";\n    disable_symlinks on from=$document_root;\n";
        text.Append("\nlocation ^~ / {\n").Append(root).Append("    types {\n");
        foreach (var (extension, type) in table.Types.Where(static pair => pair.Key.Length > 0).OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append("        ").Append(ServerText.NginxWord(type)).Append(' ').Append(extension).Append(";\n");
        }

        text.Append("    }\n    default_type ").Append(ServerText.NginxWord(table.Types.GetValueOrDefault("", "application/octet-stream"))).Append(";\n");
        text.Append("\n    if ($hostingops_mirror_target) {\n        rewrite ^ \"").Append(Inside).Append("$hostingops_mirror_target\" last;\n    }\n");
        text.Append("\n    # A query that chooses, and was not saved.\n    if ($hostingops_mirror_key ~ \"\\?\") {\n        return 404;\n    }\n");
        text.Append("\n    try_files $uri$hostingops_mirror_index $uri.html @hostingops_folder;\n}\n");
        text.Append("\nlocation @hostingops_folder {\n").Append(root).Append("    if (-f \"$document_root$uri/index.html\") {\n        rewrite ^(.*)$ $1/ redirect;\n    }\n\n    return 404;\n}\n");
    }

    private static IEnumerable<string> AllTypes(ServingTable table) => table.Types.Values.Concat(table.ToldTypes).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static string Target(ServingTable table, ServedAnswer answer) =>
        answer.File is not null ? FileTarget(table, answer)
        : answer.Location is { } location ? string.Create(CultureInfo.InvariantCulture, $"r{answer.Status} {location}")
        : "s";

    private static string FileTarget(ServingTable table, ServedAnswer answer) =>
        string.Create(CultureInfo.InvariantCulture, $"t{table.NumberOf(answer)}/{answer.File}");

    private static string Literal(string text) => text.Contains('$', StringComparison.Ordinal) ? ServerText.NginxValue(text) : ServerText.NginxWord(text);

    private static string Fold(string text) => text.ToLowerInvariant();
}
