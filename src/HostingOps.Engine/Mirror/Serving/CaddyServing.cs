using System.Globalization;
using System.Text;
using HostingOps.Engine.Mirror.Checking;
using HostingOps.Engine.Mirror.Generations;

namespace HostingOps.Engine.Mirror.Serving;

/// <summary>
/// A generation's part of a Caddyfile, within the site's block: what nginx is told, as far as Caddy can. It looks through what it is
/// told one by one, knows only the trackers by name where others follow what chooses, and shows no banner. Pure.
/// </summary>
internal static class CaddyServing
{
    // Without this it sends who asks for /docs/index.html/, whose file is an index.html in a folder of that name, to the URL without slash.
    private const string FileServer = "\t\tfile_server {\n\t\t\tdisable_canonical_uris\n\t\t}\n";

    /// <summary>The part.</summary>
    public static string Site(MirrorGeneration generation, ServingTable table)
    {
        var text = new StringBuilder("# ").Append(generation.SiteName).Append(' ').Append(generation.Id).Append(", for Caddy.\n\n");
        text.Append("root * {vars.hostingops_mirror_folder}/generations/").Append(generation.Id).Append("/content\nencode zstd gzip\n");
        AppendHeaders(text, generation, table, "");
        AppendKey(text, table);
        text.Append("\nroute {\n\t@hostingops_write not method GET HEAD\n\thandle @hostingops_write {\n");
        AppendPage(text, MirrorPages.ReadOnly);
        text.Append("\n\thandle ").Append(MirrorHealth.Path).Append(" {\n\t\theader Content-Type application/json\n\t\theader Cache-Control no-store\n\t\trespond `").Append(MirrorPages.Health(generation)).Append("` 200\n\t}\n");
        AppendTold(text, table);
        text.Append("\n\thandle /").Append(MirrorFileNaming.HashedFolder).Append("* {\n\t\terror 404\n\t}\n");
        text.Append("\n\t@hostingops_query vars_regexp {hostingops_mirror_key} \\?\n\thandle @hostingops_query {\n\t\terror 404\n\t}\n");
        AppendNatural(text, table);
        text.Append("}\n");
        AppendNotFound(text, generation, table);
        return text.ToString();
    }

    private static void AppendHeaders(StringBuilder text, MirrorGeneration generation, ServingTable table, string indent)
    {
        text.Append(indent).Append("header X-Mirror-Age ").Append(MirrorPages.Age(generation)).Append('\n');
        text.Append(indent).Append("header ?Cache-Control no-cache\n");
        text.Append(table.IsPlain ? indent + "header X-Content-Type-Options nosniff\n" : "");
        text.Append(indent).Append("header -Last-Modified\n").Append(indent).Append("header -Server\n");
    }

    private static void AppendKey(StringBuilder text, ServingTable table)
    {
        text.Append("\nmap {http.request.orig_uri} {hostingops_mirror_key} {\n");
        if (table.Query.Chooses is not null)
        {
            // RE2 can't look ahead, and so can't say "any name but these".
            var name = table.Query.Name ?? "[^?&=]+";
            text.Append(CultureInfo.InvariantCulture, $"\t`~^([^?]*\\?(?:.*?&)??{name}(?:=[^&]*)?(?:&.*?)??)(?:&(?:{QueryRule.Trackers})(?:=[^&]*)?)+$` \"${{1}}\"\n");
            text.Append(CultureInfo.InvariantCulture, $"\t`~^(.*[?&]{name}(?:[=&].*)?)$` \"${{1}}\"\n");
        }

        text.Append("\t`~^([^?]*)` \"${1}\"\n}\n\nmap {hostingops_mirror_key} {hostingops_mirror_kind} {hostingops_mirror_value} {\n");
        foreach (var (key, answer) in table.Told)
        {
            var (kind, value) = answer.File is not null ? ("t" + Number(table, answer), answer.File)
                : answer.Location is not null ? ("r" + answer.Status.ToString(CultureInfo.InvariantCulture), answer.Location)
                : ("s", "-");
            // A key in which something would be replaced is a regular expression; a dollar sign in its value would be a group.
            var from = ServerText.CaddyWord(key);
            if (ServerText.CaddyWord(from is null ? value.Replace("$", "$$", StringComparison.Ordinal) : value) is { } to)
            {
                text.Append('\t').Append(from ?? $"`~^{ServerText.Pattern(key)}$`").Append(' ').Append(kind).Append(' ').Append(to).Append('\n');
            }
        }

        text.Append("\tdefault none \"\"\n}\n");
    }

    private static void AppendTold(StringBuilder text, ServingTable table)
    {
        foreach (var status in table.Told.Values.Where(static answer => answer.Location is not null).Select(static answer => answer.Status).Distinct().Order())
        {
            text.Append(CultureInfo.InvariantCulture, $"\n\t@hostingops_r{status} vars {{hostingops_mirror_kind}} r{status}\n\tredir @hostingops_r{status} {{hostingops_mirror_value}} {status}\n");
        }

        text.Append("\n\t@hostingops_s vars {hostingops_mirror_kind} s\n\thandle @hostingops_s {\n");
        AppendPage(text, MirrorPages.Unavailable);
        for (var number = 0; number < table.ToldTypes.Count; number++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n\t@hostingops_t{number} vars {{hostingops_mirror_kind}} t{number}\n\thandle @hostingops_t{number} {{\n\t\trewrite * /{{hostingops_mirror_value}}\n");
            text.Append("\t\theader Content-Type ").Append(Quoted(table.ToldTypes[number])).Append('\n').Append(FileServer).Append("\t}\n");
        }
    }

    private static void AppendNatural(StringBuilder text, ServingTable table)
    {
        // No file has such a name, and Caddy would take it for a fault of its own. A route keeps its order: the type is that of the file found.
        text.Append("\n\t@hostingops_nul path_regexp \\x00\n\thandle @hostingops_nul {\n\t\terror 404\n\t}\n");
        text.Append("\n\troute {\n\t\t@hostingops_folder path */\n\t\trewrite @hostingops_folder {path}index.html\n\t\ttry_files {path} {path}.html\n");
        text.Append("\t\theader Content-Type ").Append(Quoted(table.Types.GetValueOrDefault("", "application/octet-stream"))).Append('\n');
        foreach (var (extension, type) in table.Types.Where(static pair => pair.Key.Length > 0).OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append("\t\t@hostingops_x_").Append(extension).Append(" path *.").Append(extension).Append("\n\t\theader @hostingops_x_").Append(extension);
            text.Append(" Content-Type ").Append(Quoted(type)).Append('\n');
        }

        text.Append("\t\t@hostingops_slash vars_regexp {http.request.orig_uri.path} /$\n").Append(FileServer.Replace("file_server", "file_server @hostingops_slash", StringComparison.Ordinal));
        text.Append("\t\tfile_server\n\t}\n");
    }

    private static void AppendNotFound(StringBuilder text, MirrorGeneration generation, ServingTable table)
    {
        text.Append("\nhandle_errors {\n");
        AppendHeaders(text, generation, table, "\t");
        text.Append("\t@hostingops_missing expression `{http.error.status_code} == 404`\n\thandle @hostingops_missing {\n");
        if (table.NotFound is { } page && ServerText.CaddyWord("/" + page.File) is { } file)
        {
            text.Append("\t\trewrite * ").Append(file).Append("\n\t\theader Content-Type ").Append(Quoted(page.Type!)).Append("\n\t\tfile_server {\n\t\t\tstatus 404\n\t\t}\n\t}\n}\n");
        }
        else
        {
            text.Append("\t\theader Content-Type ").Append(Quoted(MirrorPages.Type)).Append("\n\t\trespond `").Append(MirrorPages.NotFound).Append("` 404\n\t}\n}\n");
        }
    }

    private static void AppendPage(StringBuilder text, string page)
    {
        text.Append(CultureInfo.InvariantCulture, $"\t\theader Retry-After {MirrorPages.RetryAfter}\n\t\theader Content-Type \"{MirrorPages.Type}\"\n");
        text.Append("\t\trespond `").Append(page).Append("` 503\n\t}\n");
    }

    private static string Number(ServingTable table, ServedAnswer answer) => table.NumberOf(answer).ToString(CultureInfo.InvariantCulture);

    private static string Quoted(string type) => ServerText.CaddyWord(type) ?? "application/octet-stream";
}
