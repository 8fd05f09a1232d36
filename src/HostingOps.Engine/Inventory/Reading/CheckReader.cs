using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Reads <c>check</c> mappings, each laid over the values it inherits.</summary>
/// <param name="folder">The inventory's folder, against which <c>caFile</c> is resolved, or null to leave it as written.</param>
/// <param name="findings">Where findings go.</param>
internal sealed class CheckReader(string? folder, FindingCollector findings)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    // Thousands of sites name the same file: it is looked for once.
    private readonly Dictionary<string, bool> knownFiles = new(StringComparer.Ordinal);

    public HealthCheckPolicy Read(YamlMap source, string owner, HealthCheckPolicy inherited)
    {
        var map = new MapReader(source, InventoryKeys.Check, $"the check of {owner}", findings);
        var check = inherited with
        {
            Path = Path(map) ?? inherited.Path,
            Scheme = map.Word("scheme", "https", "http") ?? inherited.Scheme,
            Port = map.Number("port", 1, ushort.MaxValue) ?? inherited.Port,
            Timeout = map.Duration("timeout", Shortest, TimeSpan.FromMinutes(10)) ?? inherited.Timeout,
            Interval = map.Duration("interval", Shortest, TimeSpan.FromDays(1)) ?? inherited.Interval,
            ConfirmInterval = map.Duration("confirmInterval", TimeSpan.Zero, TimeSpan.FromMinutes(10)) ?? inherited.ConfirmInterval,
            FailAfter = map.Number("failAfter", 1, 100) ?? inherited.FailAfter,
            RecoverAfter = map.Number("recoverAfter", 1, 100) ?? inherited.RecoverAfter,
            FaultDuration = map.Duration("faultDuration", TimeSpan.Zero, TimeSpan.FromDays(1)) ?? inherited.FaultDuration,
            Intermittent = Intermittent(map, inherited.Intermittent),
            HoldDown = map.Duration("holdDown", TimeSpan.Zero, TimeSpan.FromDays(1)) ?? inherited.HoldDown,
            MaxHoldDown = map.Duration("maxHoldDown", TimeSpan.Zero, TimeSpan.FromDays(7)) ?? inherited.MaxHoldDown,
            FlapWindow = map.Duration("flapWindow", TimeSpan.Zero, TimeSpan.FromDays(30)) ?? inherited.FlapWindow,
            StandbyInterval = map.Duration("standbyInterval", TimeSpan.FromSeconds(1), TimeSpan.FromDays(7)) ?? inherited.StandbyInterval,
            ExpectStatus = Statuses(map) ?? inherited.ExpectStatus,
            ExpectBody = map.Text("expectBody") ?? inherited.ExpectBody,
            MaxRedirects = map.Number("maxRedirects", 0, 20) ?? inherited.MaxRedirects,
            Certificate = map.Word("certificate", "enforce", "report", "ignore") switch
            {
                "enforce" => CertificatePolicy.Enforce,
                "report" => CertificatePolicy.Report,
                "ignore" => CertificatePolicy.Ignore,
                _ => inherited.Certificate,
            },
            CertificateWarningDays = map.Number("certificateWarningDays", 0, 365) ?? inherited.CertificateWarningDays,
            SlowAfter = map.Duration("slowAfter", Shortest, TimeSpan.FromMinutes(10)) ?? inherited.SlowAfter,
            CaFile = CaFile(map) ?? inherited.CaFile,
        };
        Compare(map, check);
        return check;
    }

    private IntermittentFailures Intermittent(MapReader check, IntermittentFailures inherited)
    {
        if (check.Mapping("intermittent") is not { } source)
        {
            return inherited;
        }

        var map = new MapReader(source, InventoryKeys.Intermittent, $"'intermittent' of {check.Owner}", findings);
        var read = new IntermittentFailures(map.Number("failures", 3, 60) ?? inherited.Failures, map.Number("of", 3, 60) ?? inherited.Of);
        if (read.Failures > read.Of)
        {
            findings.Add(InventoryRules.OutOfRange, source, $"'intermittent' of {check.Owner} is {read} checks, which there can never be.", "Write, for example, { failures: 6, of: 10 }.");
            return inherited;
        }

        return read;
    }

    private string? Path(MapReader map)
    {
        if (map.Text("path") is not { } path)
        {
            return null;
        }

        if (path[0] == '/' && !path.Contains('#', StringComparison.Ordinal) && !path.Any(static character => char.IsWhiteSpace(character) || char.IsControl(character)))
        {
            return path;
        }

        findings.Add(
            InventoryRules.BadText,
            map.At("path"),
            $"'path' is {YamlScalar.Quote(path)}; a path that begins with '/' and has no space or '#' was expected.",
            path[0] == '/' ? "Escape spaces as %20, and leave out the fragment." : $"Write {YamlScalar.Quote("/" + path)}.");
        return null;
    }

    private List<StatusRange>? Statuses(MapReader map)
    {
        if (!map.Has("expectStatus"))
        {
            return null;
        }

        IReadOnlyList<YamlScalar>? items = map.At("expectStatus") is YamlScalar { IsNull: false } alone ? [alone] : map.Scalars("expectStatus", "status codes or ranges");
        if (items is { Count: 0 })
        {
            findings.Add(InventoryRules.BadStatus, map.At("expectStatus"), "'expectStatus' is an empty list, so that no answer would do; status codes or ranges were expected.");
        }

        var ranges = new List<StatusRange>();
        foreach (var item in items ?? [])
        {
            if (StatusRange.TryParse(item.Text, out var range))
            {
                ranges.Add(range);
            }
            else
            {
                findings.Add(InventoryRules.BadStatus, item, $"'expectStatus' holds {item.Description}; a code such as 204 or a range such as 200-299 was expected.");
            }
        }

        return ranges.Count == 0 ? null : ranges;
    }

    private string? CaFile(MapReader map)
    {
        if (map.Text("caFile") is not { } file || folder is null)
        {
            return map.Has("caFile") && folder is null ? (map.At("caFile") as YamlScalar)?.Text : null;
        }

        var full = System.IO.Path.GetFullPath(file, folder);
        if (!knownFiles.TryGetValue(full, out var exists))
        {
            exists = File.Exists(full);
            knownFiles.Add(full, exists);
        }

        if (!exists)
        {
            findings.Add(InventoryRules.CaFileMissing, map.At("caFile"), $"There is no file '{full}'; a PEM file with root certificates was expected.");
        }

        return full;
    }

    // Only where one of the two is written: what is inherited was judged where it stands.
    private void Compare(MapReader map, HealthCheckPolicy check)
    {
        if (check.Timeout > check.Interval && Written(map, "timeout", "interval") is { } at)
        {
            findings.Add(
                InventoryRules.TimeoutOverInterval,
                at,
                $"In {map.Owner} the timeout of {DurationText.Format(check.Timeout)} is longer than the interval of {DurationText.Format(check.Interval)}.");
        }

        if (check.ConfirmInterval > check.Interval && Written(map, "confirmInterval", "interval") is { } confirm)
        {
            findings.Add(
                InventoryRules.CheckWithoutEffect,
                confirm,
                $"In {map.Owner} the confirmInterval of {DurationText.Format(check.ConfirmInterval)} is longer than the interval of {DurationText.Format(check.Interval)}, so that confirming is slower than checking.",
                "Lower confirmInterval: 1s is the default.");
        }

        if (check.HoldDown > check.MaxHoldDown && Written(map, "holdDown", "maxHoldDown") is { } hold)
        {
            findings.Add(
                InventoryRules.CheckWithoutEffect,
                hold,
                $"In {map.Owner} the holdDown of {DurationText.Format(check.HoldDown)} is longer than the maxHoldDown of {DurationText.Format(check.MaxHoldDown)}, so that it never grows.",
                "Raise maxHoldDown: 15m is the default.");
        }

        if (check.SlowAfter >= check.Timeout && Written(map, "slowAfter", "timeout") is { } slow)
        {
            findings.Add(
                InventoryRules.CheckWithoutEffect,
                slow,
                $"In {map.Owner} slowAfter is {DurationText.Format(check.SlowAfter.Value)}, and the timeout of {DurationText.Format(check.Timeout)} comes first.",
                "Lower slowAfter below timeout, or remove it.");
        }
    }

    private static YamlValue? Written(MapReader map, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (map.Has(key))
            {
                return map.At(key);
            }
        }

        return null;
    }
}
