# Objects as the engine makes them, for tests of the views.
function New-SampleRecord([string] $Address) {
    [HostingOps.DnsRecordSet]@{ Name = 'acme.sites.example.net'; Type = 'A'; Ttl = 60; Values = [string[]]@($Address) }
}

function New-SampleGate {
    [HostingOps.FailoverGate]::new('ActiveDown', 'Passed', 'do-1 failed 3 probes of 3: connection refused.')
    [HostingOps.FailoverGate]::new('StandbyHealthy', 'Passed', 'li-1 answered 200 in 31 ms.')
    [HostingOps.FailoverGate]::new('Cooldown', 'Refused', 'The last switch was 4 min ago; the cooldown is 15 min.')
}

function New-SamplePlan([string] $SiteName = 'acme', [HostingOps.FailoverGate[]] $Gate = (New-SampleGate)) {
    [HostingOps.SiteFailoverPlan]@{
        SiteName = $SiteName; Kind = 'Failover'; From = 'do-1'; To = 'li-1'; Gates = $Gate; Zone = 'sites.example.net'
        ZoneId = 'Z123'; PropagationSeconds = 60; CreatedAt = [DateTimeOffset]'2026-03-01T12:00:00Z'
        Change = [HostingOps.DnsSwitch]@{
            SiteName = $SiteName; Record = "$SiteName.sites.example.net"
            Before = [HostingOps.DnsRecordSet[]]@(New-SampleRecord '203.0.113.10')
            After = [HostingOps.DnsRecordSet[]]@(New-SampleRecord '198.51.100.7')
        }
    }
}

function New-SampleHealth([string] $SiteName = 'acme', [HostingOps.SiteStatus] $Status = 'Down') {
    [HostingOps.SiteHealth]@{
        SiteName = $SiteName; HostName = 'do-1'; Target = 'Active'; Status = $Status
        Reason = 'Connection refused by 203.0.113.10:443.'; FailedPhase = 'Connect'
        Timings = [HostingOps.ProbeTimings]@{ Connect = 12.4; Total = 13 }
        CheckedAt = [DateTimeOffset]'2026-03-01T12:00:00Z'
    }
}

function New-SampleResult([HostingOps.FailoverOutcome] $Outcome = 'Succeeded') {
    $start = [DateTimeOffset]'2026-03-01T12:00:00Z'
    [HostingOps.FailoverResult]@{
        OperationId = '01KJM5C3S0ABCDEFGHJKMNPQRS'; SiteName = 'acme'; Kind = 'Failover'; Outcome = $Outcome
        Reason = 'Switched and proven.'; From = 'do-1'; To = 'li-1'
        Before = [HostingOps.DnsRecordSet[]]@(New-SampleRecord '203.0.113.10')
        After = [HostingOps.DnsRecordSet[]]@(New-SampleRecord '198.51.100.7')
        Timeline = [HostingOps.TimelineEntry[]]@(
            [HostingOps.TimelineEntry]::new('Switch', $start, 0.31, '1 record changed')
            [HostingOps.TimelineEntry]::new('Verify', $start, 1.5, 'asked 4 servers'))
        StartedAt = $start; EndedAt = $start.AddSeconds(2.25)
    }
}

function New-SampleHistory {
    [HostingOps.FailoverHistoryEntry]@{
        OperationId = '01KJM5C3S0ABCDEFGHJKMNPQRS'; SiteName = 'acme'; Kind = 'Failover'; Outcome = 'Succeeded'
        Reason = 'Moved and proven.'; LastStep = 'Finish'; From = 'do-1'; To = 'li-1'; By = 'ops@desk'
        StartedAt = [DateTimeOffset]'2026-03-01T12:00:00Z'
    }
}

function New-SampleTarget {
    [HostingOps.SiteDnsTarget]@{
        SiteName = 'acme'; Record = 'acme.sites.example.net'; Zone = 'sites.example.net'; State = 'Primary'
        ActiveHost = 'do-1'; StandbyHost = 'li-1'; Ttl = 60
        RecordSets = [HostingOps.DnsRecordSet[]]@(New-SampleRecord '203.0.113.10'; New-SampleRecord '2001:db8:1::10')
    }
}
