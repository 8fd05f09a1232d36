using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using HostingOps.Testing;

namespace HostingOps.Sandbox.Tests.Dns;

/// <summary>What the real dig understood of an answer.</summary>
internal sealed partial record Dig(string Status, string Flags, IReadOnlyList<string> Answers, IReadOnlyList<string> Authorities, IReadOnlyList<string> Additionals, string Output)
{
    /// <summary>Asks a server; each record comes back as <c>name ttl type data</c>.</summary>
    public static async Task<Dig> AskAsync(IPEndPoint server, params string[] query)
    {
        var start = new ProcessStartInfo(RealPart.Require("dig"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "-r", "@" + server.Address, "-p", server.Port.ToString(CultureInfo.InvariantCulture), "+norecurse", "+time=5", "+tries=3" },
        };
        foreach (var argument in query)
        {
            start.ArgumentList.Add(argument);
        }

        using var dig = Process.Start(start)!;
        var errors = dig.StandardError.ReadToEndAsync();
        var output = await dig.StandardOutput.ReadToEndAsync() + await errors;
        await dig.WaitForExitAsync();
        return new Dig(
            StatusWord().Match(output).Groups[1].Value,
            FlagWords().Match(output).Groups[1].Value,
            Section(output, "ANSWER"),
            Section(output, "AUTHORITY"),
            Section(output, "ADDITIONAL"),
            output);
    }

    private static List<string> Section(string output, string name)
    {
        var records = output.Split('\n')
            .SkipWhile(line => !line.StartsWith($";; {name} SECTION", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(line => line.Length > 0 && !line.StartsWith(";;", StringComparison.Ordinal));

        // Without the class, which is always IN.
        return records.Select(line => Regex.Replace(line, @"^(\S+)\s+(\d+)\s+IN\s+(\S+)\s+", "$1 $2 $3 ")).ToList();
    }

    [GeneratedRegex("status: (\\w+)")]
    private static partial Regex StatusWord();

    [GeneratedRegex("flags: ([a-z ]*);")]
    private static partial Regex FlagWords();
}
