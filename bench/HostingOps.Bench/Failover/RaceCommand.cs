using System.Diagnostics;
using System.Globalization;
using HostingOps.Soak;

namespace HostingOps.Bench.Failover;

/// <summary>
/// Automatic failover beside the minute cron that people write: a HEAD by curl and, when it is not 200, an UPSERT by the aws CLI. In one
/// run, on one sandbox: the first half of the hosts is watched by us, the other half is the cron's; they die in pairs, at the same
/// moment, each pair at another moment of the minute.
/// </summary>
internal static class RaceCommand
{
    public const string Usage = "  race [--kills 10] [--after 20]          detection to switched, beside a minute cron of curl and the aws CLI; Linux";

    public static async Task<int> RunAsync(string[] args)
    {
        var kills = Number("--kills", 10);
        var after = Number("--after", (int)new SitePolicy().AutomaticAfter.TotalSeconds);
        var folder = Directory.CreateTempSubdirectory("hostingops-race-").FullName;
        var random = new Random(1);
        await using var fleet = await SoakFleet.StartAsync(2 * kills, 2 * kills, new HealthCheckPolicy { Interval = TimeSpan.FromSeconds(30) }, 0, folder, random, TimeSpan.FromSeconds(after));
        var ours = fleet.Inventory.Sites.Take(kills).ToArray();
        var crons = fleet.Inventory.Sites.Skip(kills).ToArray();
        using var end = new CancellationTokenSource();
        var watching = AgentWatch.RunAsync(fleet.Inventory with { Sites = ours }, folder, static _ => { }, end.Token);
        var cron = CronAsync(fleet, crons, folder, end.Token);

        // The watch has begun and one cron has run; then each pair dies at its own moment of one minute.
        await Task.Delay(UntilMinute() + TimeSpan.FromSeconds(10));
        var clock = Stopwatch.StartNew();
        var died = Enumerable.Range(0, kills).Select(i => (60.0 * i / kills) + random.NextDouble()).ToArray();
        var switched = new Dictionary<string, double>(StringComparer.Ordinal);
        var dead = new HashSet<int>();
        while (switched.Count < 2 * kills && clock.Elapsed < TimeSpan.FromMinutes(6))
        {
            for (var i = 0; i < kills; i++)
            {
                if (clock.Elapsed.TotalSeconds >= died[i] && dead.Add(i))
                {
                    fleet.Lines[ours[i].Primary.Name].Cut();
                    fleet.Lines[crons[i].Primary.Name].Cut();
                    died[i] = clock.Elapsed.TotalSeconds;
                }
            }

            await Task.Delay(200);
            foreach (var (site, host) in await fleet.LiveAsync())
            {
                if (host == fleet.Inventory.Sites.First(one => one.Name == site).Secondary.Name)
                {
                    switched.TryAdd(site, clock.Elapsed.TotalSeconds);
                }
            }
        }

        await end.CancelAsync();
        await ((Task)Task.WhenAll(watching, cron)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Console.WriteLine("| | median | shortest | longest | switched |");
        Console.WriteLine("|---|---|---|---|---|");
        Print(string.Create(CultureInfo.InvariantCulture, $"HostingOps, 30 s interval, automaticAfter {after} s"), ours);
        Print("cron each minute: curl HEAD, aws UPSERT", crons);
        return switched.Count == 2 * kills ? 0 : 1;

        int Number(string name, int otherwise) =>
            args.SkipWhile(arg => arg != name).Skip(1).Select(static text => int.Parse(text, CultureInfo.InvariantCulture)).FirstOrDefault(otherwise);

        void Print(string who, HostedSite[] sites)
        {
            var took = sites.Select((site, i) => (site.Name, i)).Where(pair => switched.ContainsKey(pair.Name)).Select(pair => switched[pair.Name] - died[pair.i]).Order().ToArray();
            Console.WriteLine(took.Length == 0 ? $"| {who} | none | | | 0 of {kills} |" : string.Create(
                CultureInfo.InvariantCulture, $"| {who} | {took[took.Length / 2]:0.0} s | {took[0]:0.0} s | {took[^1]:0.0} s | {took.Length} of {kills} |"));
        }
    }

    private static TimeSpan UntilMinute() => TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(DateTime.UtcNow.Ticks % TimeSpan.TicksPerMinute);

    // What crond does: the script at each full minute, and again although the last one still runs (as it would, it is guarded by flock).
    private static async Task CronAsync(SoakFleet fleet, HostedSite[] sites, string folder, CancellationToken cancellationToken)
    {
        var script = Path.Combine(folder, "failover.sh");
        var lines = sites.Select(site =>
        {
            var batch = Path.Combine(folder, site.Name + ".json");
            File.WriteAllText(batch, $$$"""{"Changes":[{"Action":"UPSERT","ResourceRecordSet":{"Name":"{{{site.Record}}}","Type":"A","TTL":60,"ResourceRecords":[{"Value":"{{{site.Secondary.Address}}}"}]}}]}""");
            return $"""
                if [ ! -e '{folder}/{site.Name}.moved' ]; then
                code=$(curl --head --silent --max-time 10 --output /dev/null --write-out '%{"{"}http_code{"}"}' --cacert '{site.Check.CaFile}' --connect-to ::{fleet.Lines[site.Primary.Name].EndPoint} https://{site.HostName}/)
                [ "$code" = 200 ] || (aws --endpoint-url {fleet.Sandbox.EndpointUrl} route53 change-resource-record-sets --hosted-zone-id {fleet.Sandbox.ZoneId} --change-batch 'file://{batch}' > /dev/null && touch '{folder}/{site.Name}.moved')
                fi
                """;
        });
        await File.WriteAllTextAsync(script, "export AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=y AWS_DEFAULT_REGION=us-east-1 AWS_EC2_METADATA_DISABLED=true AWS_PAGER=\n" + string.Join('\n', lines) + "\n", cancellationToken);
        while (true)
        {
            await Task.Delay(UntilMinute(), cancellationToken);
            using var run = Process.Start(new ProcessStartInfo("sh") { ArgumentList = { script } })!;
            await run.WaitForExitAsync(cancellationToken);
        }
    }
}
