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

<#
    For each public type what a view has to cope with: the plain case, and the awkward ones (long names, IPv6, CNAMEs, names
    that are not ASCII, nothing where something may be). Times are whole minutes from $Now, so that goldens can show them
    shifted to one moment; none is under two minutes away, where the distance would count seconds.
#>
function Get-ViewSample([DateTimeOffset] $Now) {
    $long = 'rechtsanwaelte-mueller-und-partner-niederlassung'
    $foreign = "b`u{fc}cher-`u{6771}`u{4eac}"
    $zone = 'sites.example.net'
    $inventoryPath = '/srv/hosting/hosting.yml'
    $v4 = { param($Name, $Address) [HostingOps.DnsRecordSet]@{ Name = "$Name.$zone"; Type = 'A'; Ttl = 60; Values = [string[]]@($Address) } }
    $v6 = { param($Name, $Address) [HostingOps.DnsRecordSet]@{ Name = "$Name.$zone"; Type = 'AAAA'; Ttl = 60; Values = [string[]]@($Address) } }
    $cname = { param($Name, $Target) [HostingOps.DnsRecordSet]@{ Name = "$Name.$zone"; Type = 'CNAME'; Ttl = 60; Values = [string[]]@($Target) } }
    $before = [HostingOps.DnsRecordSet[]]@((& $v4 'acme' '203.0.113.10'), (& $v6 'acme' '2001:db8:85a3:8d3:1319:8a2e:370:7348'))
    $after = [HostingOps.DnsRecordSet[]]@((& $v4 'acme' '198.51.100.7'))
    $home1 = [HostingOps.DnsRecordSet[]]@(& $cname $long 'web-12.customers.a-rather-long-provider-name.example')
    $home2 = [HostingOps.DnsRecordSet[]]@(& $cname $long 'office.dynamic.example.net')

    $weighted = [HostingOps.DnsRecordSet]@{ Name = "$long.$zone"; Type = 'TXT'; Ttl = 86400; SetIdentifier = 'blue'; Values = [string[]]@('"x"') }

    $do1 = [HostingOps.SiteHost]@{ Name = 'do-1'; Provider = 'digitalocean'; Address = '203.0.113.10'; AddressV6 = '2001:db8:85a3:8d3:1319:8a2e:370:7348'; Ssh = 'deploy@203.0.113.10' }
    $ports = [Collections.Generic.Dictionary[int, string]]::new()
    $ports[80] = '127.0.0.1:8080'
    $ports[443] = '127.0.0.1:8443'
    $li1 = [HostingOps.SiteHost]@{ Name = 'li-1'; Provider = 'linode'; Address = '198.51.100.7'; ConnectTo = $ports }
    $farm = [HostingOps.SiteHost]@{ Name = 'cloud-farm-frankfurt-2'; Provider = 'a-rather-long-provider-name'; Cname = 'web-12.customers.a-rather-long-provider-name.example' }

    $hook = [HostingOps.Hook]@{ Argv = [string[]]@('ssh', 'deploy@{{standby.address}}', 'sudo', 'promote-acme', '--reason', 'the other host is down'); Timeout = [timespan]::FromSeconds(90) }
    $fence = [HostingOps.Hook]@{ Argv = [string[]]@('ssh', 'deploy@{{active.address}}', 'sudo', 'maintenance', 'on') }
    $hooks = [HostingOps.SiteHooks]@{ Fence = [HostingOps.Hook[]]@($fence); Promote = [HostingOps.Hook[]]@($hook) }
    $planned = [HostingOps.PlannedHook]::new('Promote', [string[]]@('ssh', 'deploy@198.51.100.7', 'sudo', 'promote-acme', '--reason', 'the other host is down'), [timespan]::FromSeconds(90))
    $check = [HostingOps.HealthCheckPolicy]@{ Path = '/health?deep=1'; Port = 8443; ExpectBody = 'Willkommen'; SlowAfter = [timespan]::FromMilliseconds(1500); ExpectStatus = [HostingOps.StatusRange[]]@([HostingOps.StatusRange]::new(200, 299), [HostingOps.StatusRange]::new(401, 401)) }
    $sitePolicy = [HostingOps.SitePolicy]@{ Automatic = $true; Cooldown = [timespan]::FromMinutes(15); Failback = [timespan]::FromHours(1) }
    $site = [HostingOps.HostedSite]@{ Name = 'acme'; Domain = 'acme-legal.example'; Aliases = [string[]]@('acmelaw.example', 'acme.example'); Record = 'acme'; Zone = $zone
        Primary = $do1; Secondary = $li1; Policy = $sitePolicy; Hooks = $hooks; Repository = 'https://git.example/acme.git'; InventoryPath = $inventoryPath }
    $longSite = [HostingOps.HostedSite]@{ Name = $long; Domain = "$long-koeln.example"; Record = $long; Zone = $zone; Primary = $farm; Secondary = $do1; Ttl = 300; Check = $check; InventoryPath = $inventoryPath }
    $foreignSite = [HostingOps.HostedSite]@{ Name = $foreign; Domain = "$foreign.example"; Record = 'buecher'; Zone = $zone; Primary = $li1; Secondary = $farm; Ttl = 5; InventoryPath = $inventoryPath }

    $down = [HostingOps.SiteHealth]@{ SiteName = 'acme'; HostName = 'do-1'; Target = 'Active'; Status = 'Down'; FailedPhase = 'Connect'; Reason = 'Connection refused by 203.0.113.10:443, three times in 2.1 s.'
        Url = 'https://www.acme-legal.example/'; Method = 'HEAD'; AddressProbed = '203.0.113.10:443'; Timings = [HostingOps.ProbeTimings]@{ Connect = 12.4; Total = 13 }; CheckedAt = $Now.AddMinutes(-4); InventoryPath = $inventoryPath }
    $well = [HostingOps.SiteHealth]@{ SiteName = 'acme'; HostName = 'li-1'; Target = 'Active'; Status = 'Healthy'; Reason = 'Answered 200.'; StatusCode = 200; Url = 'https://www.acme-legal.example/'; Method = 'GET'; Redirects = 1
        AddressProbed = '198.51.100.7:443'; Timings = [HostingOps.ProbeTimings]@{ Resolve = 3.2; Connect = 12.4; Tls = 31.6; FirstByte = 1204.5; Body = 2; Total = 1253.7 }; CertificateExpires = $Now.AddDays(61).AddHours(3); CheckedAt = $Now.AddMinutes(-4); InventoryPath = $inventoryPath }
    $poor = [HostingOps.SiteHealth]@{ SiteName = $long; HostName = 'cloud-farm-frankfurt-2'; Target = 'All'; Status = 'Degraded'; StatusCode = 503; Reason = 'The certificate expires in 6 days, and the answer took 4 times as long as slowAfter allows.'
        Url = "https://www.$long-koeln.example/health?deep=1"; Method = 'GET'; AddressProbed = '[2001:db8:85a3:8d3:1319:8a2e:370:7348]:8443'; Timings = [HostingOps.ProbeTimings]@{ Total = 59999 }
        CertificateExpires = $Now.AddDays(6).AddHours(3); CertificateProblem = 'The chain ends at an unknown authority.'; CheckedAt = $Now.AddHours(-3).AddMinutes(-20); InventoryPath = $inventoryPath }
    $unknown = [HostingOps.SiteHealth]@{ SiteName = $foreign; Target = 'Public'; Status = 'Unknown'; Reason = 'The known-good addresses do not answer either: this machine may be offline.'; CheckedAt = $Now.AddMinutes(-4) }

    $passed = [HostingOps.FailoverGate]::new('ActiveDown', 'Passed', 'do-1 failed 3 probes of 3: connection refused.')
    $standby = [HostingOps.FailoverGate]::new('StandbyHealthy', 'Passed', 'li-1 answered 200 in 31 ms.')
    $cooldown = [HostingOps.FailoverGate]::new('Cooldown', 'Refused', 'The last switch was 4 min ago; the cooldown is 15 min.')
    $limit = [HostingOps.FailoverGate]::new('FleetLimit', 'Overridden', '4 of 12 sites were moved in the last hour, 3 are allowed. Overridden: digitalocean confirms the outage of fra1.')
    $observer = [HostingOps.FailoverGate]::new('ObserverSane', 'Unknown', 'No known-good address is named in the inventory.')
    $change = [HostingOps.DnsSwitch]@{ SiteName = 'acme'; Record = "acme.$zone"; Before = $before; After = $after; MarkerSeen = '"v1 op=01KJM5C3S0ABCDEFGHJKMNPQRS batch=1"' }
    $longChange = [HostingOps.DnsSwitch]@{ SiteName = $long; Record = "$long.$zone"; Before = $home1; After = $home2 }
    $plan = [HostingOps.SiteFailoverPlan]@{ SiteName = 'acme'; Kind = 'Failover'; From = 'do-1'; To = 'li-1'; Gates = [HostingOps.FailoverGate[]]@($passed, $standby, $cooldown, $observer); Change = $change; Zone = $zone; ZoneId = 'Z0123456789ABC'
        Observations = [HostingOps.SiteHealth[]]@($down, $well); Hooks = [HostingOps.PlannedHook[]]@($planned); PropagationSeconds = 60; CreatedAt = $Now.AddMinutes(-4); InventoryPath = $inventoryPath }
    $longPlan = [HostingOps.SiteFailoverPlan]@{ SiteName = $long; Kind = 'Switchover'; From = 'cloud-farm-frankfurt-2'; To = 'do-1'; Gates = [HostingOps.FailoverGate[]]@($passed, $standby, $limit); Change = $longChange; Zone = $zone; ZoneId = 'Z0123456789ABC'
        PropagationSeconds = 300; OverrideReason = 'digitalocean confirms the outage of fra1.'; UndoOf = '01KJM5C3S0ABCDEFGHJKMNPQRS'; CreatedAt = $Now.AddMinutes(-4); InventoryPath = $inventoryPath }
    $noPlan = [HostingOps.SiteFailoverPlan]@{ SiteName = $foreign; Kind = 'Failover'; Gates = [HostingOps.FailoverGate[]]@([HostingOps.FailoverGate]::new('RecordAsExpected', 'Refused', "The record buecher.$zone does not exist.")); Zone = $zone; CreatedAt = $Now.AddMinutes(-4); InventoryPath = $inventoryPath }

    $timeline = [HostingOps.TimelineEntry[]]@(
        [HostingOps.TimelineEntry]::new('Promote', $Now.AddMinutes(-5), 12.04, 'ssh deploy@198.51.100.7 sudo promote-acme ended with 0: promoted to writer, 0 bytes behind')
        [HostingOps.TimelineEntry]::new('Switch', $Now.AddMinutes(-5), 0.31, '1 record changed')
        [HostingOps.TimelineEntry]::new('Sync', $Now.AddMinutes(-5), 31.5, $null)
        [HostingOps.TimelineEntry]::new('Verify', $Now.AddMinutes(-4), 1.5, 'asked 4 servers'))
    $result = [HostingOps.FailoverResult]@{ OperationId = '01KJM5C3S0ABCDEFGHJKMNPQRS'; SiteName = 'acme'; Kind = 'Failover'; Outcome = 'SwitchedWithWarnings'; Reason = 'Switched and proven, but a hook after it failed.'; From = 'do-1'; To = 'li-1'; Before = $before; After = $after
        ChangeId = 'C0123456789ABCDEFGHIJ'; Timeline = $timeline; Warnings = [string[]]@('The hook "announce acme" ended with 1: could not reach chat.example.', 'ns-4.example.net was not asked.'); StartedAt = $Now.AddMinutes(-6); EndedAt = $Now.AddMinutes(-4).AddSeconds(-14.75); InventoryPath = $inventoryPath }
    $refused = [HostingOps.FailoverResult]@{ SiteName = $long; Kind = 'Failover'; Outcome = 'Refused'; ErrorId = 'FailoverRefused'; Reason = 'Cooldown: the last switch was 4 min ago; the cooldown is 15 min.'; From = 'cloud-farm-frankfurt-2'; To = 'do-1'; Before = $home1; After = $home1; StartedAt = $Now.AddMinutes(-4); InventoryPath = $inventoryPath }
    $history = @(
        [HostingOps.FailoverHistoryEntry]@{ OperationId = '01KJM5C3S0ABCDEFGHJKMNPQRS'; SiteName = 'acme'; Kind = 'Failover'; Outcome = 'SwitchedWithWarnings'; Reason = 'Switched and proven, but a hook after it failed.'; LastStep = 'Finish'; From = 'do-1'; To = 'li-1'; By = 'ops@desk'; StartedAt = $Now.AddMinutes(-6); EndedAt = $Now.AddMinutes(-4); InventoryPath = $inventoryPath }
        [HostingOps.FailoverHistoryEntry]@{ OperationId = '01KJM4ZZZZZZZZZZZZZZZZZZZZ'; SiteName = $long; Kind = 'Switchover'; Outcome = 'InProgress'; Reason = 'Cut off while waiting for INSYNC.'; LastStep = 'Sync'; From = 'cloud-farm-frankfurt-2'; To = 'do-1'; By = 'scheduler@watch-2.ops.example.net'; StartedAt = $Now.AddDays(-12).AddHours(-3); Resumable = $true; Overrides = 'FleetLimit: digitalocean confirms the outage of fra1.'; UndoOf = '01KJM5C3S0ABCDEFGHJKMNPQRS'; InventoryPath = $inventoryPath }
        [HostingOps.FailoverHistoryEntry]@{ OperationId = '01KJM4AAAAAAAAAAAAAAAAAAAA'; SiteName = $foreign; Kind = 'Manual'; Outcome = 'Conflict'; Reason = 'Somebody else was first.'; LastStep = 'Switch'; By = 'ops@desk'; StartedAt = $Now.AddDays(-400); EndedAt = $Now.AddDays(-400).AddMinutes(2); InventoryPath = $inventoryPath })
    $target = [HostingOps.SiteDnsTarget]@{ SiteName = 'acme'; Record = "acme.$zone"; Zone = $zone; ZoneId = 'Z0123456789ABC'; State = 'Primary'; ActiveHost = 'do-1'; StandbyHost = 'li-1'; Ttl = 60; RecordSets = $before; InventoryPath = $inventoryPath }
    $stranger = [HostingOps.SiteDnsTarget]@{ SiteName = $long; Record = "$long.$zone"; Zone = $zone; ZoneId = 'Z0123456789ABC'; State = 'NotSwitchable'; Ttl = 86400; RecordSets = [HostingOps.DnsRecordSet[]]@($home1[0], $weighted); Reason = 'The record is weighted; only simple records are switched.'; InventoryPath = $inventoryPath }
    $missing = [HostingOps.SiteDnsTarget]@{ SiteName = $foreign; Record = "buecher.$zone"; Zone = $zone; ZoneId = 'Z0123456789ABC'; State = 'Missing'; Reason = "The record buecher.$zone does not exist."; InventoryPath = $inventoryPath }
    $fleet = [HostingOps.FleetPolicy]@{ MaxFailoversPerProvider = 2; ObserverChecks = [string[]]@('https://a.example/', 'https://b.example/') }
    $aws = [HostingOps.AwsSettings]@{ Profile = 'agency'; Region = 'eu-west-1' }
    $tags = [Collections.Generic.Dictionary[string, string]]::new()
    $tags['Name'] = 'apex-redirector'
    $tags['hostingops:operation'] = '01KJM5C3S0ABCDEFGHJKMNPQRS'
    $setup = [Collections.Generic.IReadOnlyList[string][]]@(, [string[]]@('/usr/local/bin/fetch-certificates', '--from', 's3://agency-certificates/live'))
    $machine = [HostingOps.ApexInstanceSettings]@{ Type = 't3.micro'; KeyName = 'ops'; SecurityGroup = 'web'; Subnets = [string[]]@('subnet-0aaaaaaaaaaaaaaaa', 'subnet-0bbbbbbbbbbbbbbbb'); Profile = 'redirector'; Setup = $setup; Tags = $tags }
    $redirecting = [HostingOps.ApexRedirectSettings]@{ Hsts = [timespan]::FromDays(365); HstsIncludeSubDomains = $true; Status = 308; AccessLog = $true; Certificates = '/etc/letsencrypt/live/{siteDomain}' }
    $ssh = [HostingOps.SshDestination]::new('admin', '2001:db8:85a3:8d3:1319:8a2e:370:7348', 2222)
    $ways = [Collections.Generic.Dictionary[string, string]]::new()
    $ways['198.51.100.99:80'] = '10.0.0.5:8080'
    $apex = [HostingOps.ApexSettings]@{ ElasticIp = '198.51.100.99'; ElasticIpV6 = '2001:db8:85a3:8d3:1319:8a2e:370:7348'; Ssh = $ssh; Instance = $machine; Redirect = $redirecting; ConnectTo = $ways }
    $was = [HostingOps.ElasticIpAssociation]::new('eipassoc-0123456789abcdef0', 'i-0aaaaaaaaaaaaaaaa', 'eni-0aaaaaaaaaaaaaaaa', '172.31.0.11')
    $free = [HostingOps.ElasticIpAssociation]::new([NullString]::Value, [NullString]::Value, [NullString]::Value, [NullString]::Value)
    $elastic = [HostingOps.ElasticIp]@{ PublicIp = '198.51.100.99'; AllocationId = 'eipalloc-0123456789abcdef0'; AssociationId = $was.AssociationId; InstanceId = $was.InstanceId; InstanceState = 'running'; NetworkInterfaceId = $was.NetworkInterfaceId
        PrivateIpAddress = $was.PrivateIpAddress; AvailabilityZone = 'eu-west-1a'; NetworkBorderGroup = 'eu-west-1'; Region = 'eu-west-1'; Tags = $tags; InventoryPath = $inventoryPath }
    $addressGates = [HostingOps.ElasticIpGate[]]@(
        [HostingOps.ElasticIpGate]::new('InstanceRunning', 'Passed', 'i-0bbbbbbbbbbbbbbbb is running.')
        [HostingOps.ElasticIpGate]::new('NoOtherAddress', 'Refused', 'i-0bbbbbbbbbbbbbbbb would lose its other Elastic IP, 198.51.100.77.')
        [HostingOps.ElasticIpGate]::new('Permitted', 'Unknown', 'EC2 did not answer the dry run within 30 s.'))
    $undo = [HostingOps.ElasticIpUndo]@{ PublicIp = '198.51.100.99'; InstanceId = 'i-0aaaaaaaaaaaaaaaa'; InventoryPath = $inventoryPath }
    $places = [HostingOps.ApexLaunchPlace[]]@([HostingOps.ApexLaunchPlace]::new('eu-west-1b', 'subnet-0bbbbbbbbbbbbbbbb'), [HostingOps.ApexLaunchPlace]::new('eu-west-1c', [NullString]::Value))
    $recoveryEvents = [HostingOps.ApexRecoveryEvent[]]@(
        [HostingOps.ApexRecoveryEvent]::new($Now.AddMinutes(-4), [timespan]::FromSeconds(0.19), 'Launch', 'i-0bbbbbbbbbbbbbbbb is launched.')
        [HostingOps.ApexRecoveryEvent]::new($Now.AddMinutes(-3), [timespan]::FromSeconds(61.5), 'Boot', 'It serves: 301 to https://www.acme-legal.example/ for acme-legal.example.'))
    $recoveryGates = [HostingOps.ApexRecoveryGate[]]@(
        [HostingOps.ApexRecoveryGate]::new('RedirectorDown', 'Passed', 'Asked 3 times, it does not answer: no answer within 5 s.')
        [HostingOps.ApexRecoveryGate]::new('ConfigurationTravels', 'Refused', 'It is larger than user data may be, and apex.ssh is not set.')
        [HostingOps.ApexRecoveryGate]::new('ObserverSane', 'Unknown', 'No known-good address answers.'))
    $recoveryPlan = [HostingOps.ApexRecoveryPlan]@{ PublicIp = '198.51.100.99'; AllocationId = 'eipalloc-0123456789abcdef0'; From = $was; OldInstanceState = 'running'; OldAvailabilityZone = 'eu-west-1a'; Places = $places; ImageId = 'ami-0a000000000000003'; ImageName = 'debian-13-amd64-20260201-0002'
        InstanceType = 't3.micro'; KeyName = 'ops'; SecurityGroups = [string[]]@('web'); Tags = $tags; UserDataSize = 1587; ConfigChecksum = 'a0123456789abcdef' * 4; RedirectCount = 10; Gates = $recoveryGates; Steps = [string[]]@('Launch a t3.micro in eu-west-1b.', 'Move 198.51.100.99 to it.')
        Warnings = [string[]]@('apex.instance.setup names nothing that fetches certificates.'); Region = 'eu-west-1'; CreatedAt = $Now.AddMinutes(-4); InventoryPath = $inventoryPath }
    $recovered = [HostingOps.ApexRecoveryResult]@{ OperationId = '01KJM5C3S0ABCDEFGHJKMNPQRS'; Outcome = 'Restored'; Reason = 'Every redirect is proven.'; PublicIp = '198.51.100.99'; AllocationId = 'eipalloc-0123456789abcdef0'; OldInstanceId = $was.InstanceId; NewInstanceId = 'i-0bbbbbbbbbbbbbbbb'; NewPublicIp = '198.18.0.3'
        AvailabilityZone = 'eu-west-1b'; Moved = $true; RedirectsProven = 10; RedirectCount = 10; HttpsTested = $true; Timeline = $recoveryEvents; Undo = $undo; StartedAt = $Now.AddMinutes(-4); EndedAt = $Now.AddMinutes(-3); Gates = $recoveryGates; InventoryPath = $inventoryPath }
    $redirects = [HostingOps.ApexRedirect[]]@(
        [HostingOps.ApexRedirect]@{ Host = 'acme-legal.example'; Target = 'www.acme-legal.example'; SiteDomain = 'acme-legal.example'; SiteName = 'acme'; Kind = 'Domain' }
        [HostingOps.ApexRedirect]@{ Host = "www.$long-koeln.example"; Target = "www.$long.example"; SiteDomain = "$long.example"; SiteName = $long; Kind = 'WwwAlias' })
    $judged = [HostingOps.ServerConfigTest]@{ Outcome = 'Passed'; Reason = 'nginx takes it.'; Program = '/usr/sbin/nginx'; Output = 'nginx: configuration file nginx.conf test is successful' }
    $rejected = [HostingOps.ServerConfigTest]@{ Outcome = 'Failed'; Reason = 'nginx refuses it.'; Program = '/opt/local/nginx-1.18.0/sbin/nginx'; Output = 'nginx: [emerg] invalid number of the map parameters in hostingops-apex.conf:9' }
    $unjudged = [HostingOps.ServerConfigTest]@{ Outcome = 'Skipped'; Reason = 'There is no nginx on this machine to test it with.' }
    $configs = foreach ($one in @{ Test = $judged; Path = $null; Sum = 'a' }, @{ Test = $rejected; Path = '/srv/hosting/redirectors/hostingops-apex-for-all-of-the-bare-domains.conf'; Sum = 'b' }) {
        [HostingOps.ApexRedirectConfig]@{ Format = 'Nginx'; Text = "# Redirects of 2 names to the www of 2 sites, for nginx.`n`nmap_hash_max_size 512;`n"; Checksum = "$($one.Sum)0123456789abcdef" * 4; Redirects = $redirects; SiteCount = 2; Test = $one.Test; Path = $one.Path; InventoryPath = $inventoryPath }
    }
    $dynamic = [HostingOps.DynamicDnsRecord]@{ Record = 'office'; Sources = [string[]]@('https://api.ipify.example', 'https://icanhazip.example') }
    $said = { param($Source, $Operator, $Outcome, $Address, $Reason) [HostingOps.AddressAnswer]@{ Source = $Source; Operator = $Operator; Outcome = $Outcome; Address = $Address; Reason = $Reason; Milliseconds = 31.6 } }
    $answers = [HostingOps.AddressAnswer[]]@(
        (& $said 'https://api.ipify.example/' 'ipify.example' 'Agrees' '198.51.100.7' 'https://api.ipify.example/ answers 198.51.100.7.')
        (& $said 'dns:myip.example/TXT/CH@192.0.2.53' 'myip.example' 'Agrees' '198.51.100.7' 'dns:myip.example/TXT/CH@192.0.2.53 answers 198.51.100.7.')
        (& $said 'https://address.a-rather-long-provider-name.example/' 'a-rather-long-provider-name.example' 'Refused' $null 'https://address.a-rather-long-provider-name.example/ answers 302, a redirect, as a captive portal does; none is followed.')
        (& $said 'https://liar.example/' 'liar.example' 'Disagrees' '203.0.113.66' 'https://liar.example/ answers 203.0.113.66.'))
    $publicAddresses = @(
        [HostingOps.PublicIpAddress]@{ AddressFamily = 'IPv4'; Address = '198.51.100.7'; Quorum = 2; AgreedBy = [string[]]@('ipify.example', 'myip.example'); OutvotedBy = [string[]]@('liar.example'); Answers = $answers; Uplink = '4g'
            Reason = 'ipify.example, myip.example agree on 198.51.100.7; liar.example says otherwise and is outvoted.'; CheckedAt = $Now.AddMinutes(-4) }
        [HostingOps.PublicIpAddress]@{ AddressFamily = 'IPv6'; Quorum = 2; Reason = 'No source names an IPv6 address that can be believed.'; CheckedAt = $Now.AddMinutes(-4) }
        [HostingOps.PublicIpAddress]@{ AddressFamily = 'IPv6'; Address = '2001:db8:85a3:8d3:1319:8a2e:370:7348'; Quorum = 1; AgreedBy = [string[]]@('a-rather-long-provider-name.example'); Reason = 'a-rather-long-provider-name.example says 2001:db8:85a3:8d3:1319:8a2e:370:7348.'; CheckedAt = $Now.AddMinutes(-4) })
    $dynamicGates = [HostingOps.DynamicDnsGate[]]@(
        [HostingOps.DynamicDnsGate]::new('AddressAgreed', 'Passed', 'ipify.example, myip.example agree on 198.51.100.7.')
        [HostingOps.DynamicDnsGate]::new('Settled', 'Refused', '198.51.100.7 was seen once in a row over 0 s; 3 over 120 s are wanted.')
        [HostingOps.DynamicDnsGate]::new('RecordKnown', 'Overridden', 'The record has 203.0.113.9; this machine left it with 203.0.113.8, so somebody else has changed it. Overridden.'))
    $lineChange = [HostingOps.UplinkChange]@{ Record = "office.$zone"; To = '4g'; Address = '198.51.100.7'; At = $Now.AddMinutes(-4); Reaction = 'SwitchToMirror'; Alerted = $true; Failovers = [HostingOps.FailoverResult[]]@(New-SampleResult); ManualSites = [string[]]@('bakery', 'clinic')
        Completed = $true; Reason = "This machine now reaches the world over the uplink '4g' (198.51.100.7) instead of its usual line." }
    $lineBack = [HostingOps.UplinkChange]@{ Record = "office.$zone"; From = '4g'; Address = '203.0.113.8'; At = $Now.AddMinutes(-4); Reaction = 'Alert'; Alerted = $false; Reason = "This machine now reaches the world over its usual line (203.0.113.8) instead of the uplink '4g'." }
    $dynamicResults = @(
        [HostingOps.DynamicDnsResult]@{ Record = "office.$zone"; AddressFamily = 'IPv4'; Outcome = 'Updated'; Reason = 'Changed to 198.51.100.7. All 4 name servers serve A 198.51.100.7 (TTL 60).'; From = '203.0.113.8'; To = '198.51.100.7'; AgreedBy = [string[]]@('ipify.example', 'myip.example'); OutvotedBy = [string[]]@('liar.example')
            Gates = $dynamicGates; Verified = $true; ChangeId = 'C0123456789ABC'; At = $Now.AddMinutes(-4); InventoryPath = $inventoryPath }
        [HostingOps.DynamicDnsResult]@{ Record = "$long.$zone"; AddressFamily = 'IPv6'; Outcome = 'UpdatedUnproven'; ErrorId = 'VerificationFailed'; Reason = 'Created with 2001:db8:85a3:8d3:1319:8a2e:370:7348. ns-1.example: no answer within 5 s.'; To = '2001:db8:85a3:8d3:1319:8a2e:370:7348'; Verified = $false; At = $Now.AddMinutes(-4) }
        [HostingOps.DynamicDnsResult]@{ Record = "office.$zone"; AddressFamily = 'IPv4'; Outcome = 'Waiting'; Reason = "The uplink '4g' is in use, which is not published: the record keeps its address."; From = '203.0.113.8'; To = '198.51.100.7'; Uplink = '4g'; UplinkChange = $lineChange; At = $Now.AddMinutes(-4) }
        [HostingOps.DynamicDnsResult]@{ Record = "office.$zone"; AddressFamily = 'IPv6'; Outcome = 'AddressUnknown'; ErrorId = 'PublicIpUnknown'; Reason = 'No source speaks IPv6.'; At = $Now.AddMinutes(-4) })
    $mail = [HostingOps.MailSettings]@{ To = [string[]]@('ops@example.net', 'boss@example.net'); From = 'hosting@example.net'; Server = 'smtp.example.net:587'; User = '${SMTP_USER}'; Password = 'SECRETPASSWORD' }
    $channels = [HostingOps.NotificationChannel[]]@(
        [HostingOps.NotificationChannel]@{ Webhook = '${ALERT_WEBHOOK}'; On = [string[]]@('down', 'failover', 'recovered') }
        [HostingOps.NotificationChannel]@{ Webhook = 'https://chat.example/services/T0SECRET/B1SECRET'; On = [string[]]@('down') }
        [HostingOps.NotificationChannel]@{ Name = 'pager'; Preset = 'PagerDuty'; Token = 'SECRETKEY'; On = [string[]]@('down', 'recovered'); MinSeverity = 'Critical'; Resend = [timespan]::FromHours(1) }
        [HostingOps.NotificationChannel]@{ Mail = $mail; On = [string[]]@('down', 'recovered', 'certificate') }
        [HostingOps.NotificationChannel]@{ Name = 'modem'; Command = [string[]]@('/usr/local/bin/page', '--urgent'); On = [string[]]@('down') })
    $alert = [HostingOps.HostingAlert]@{ Event = 'Down'; Severity = 'Critical'; IncidentId = '01KJM5C3S0ABCDEFGHJKMNPQRS'; Title = 'do-1 is down with 40 sites'; Text = "All 40 sites checked on do-1 fail, and the host gives no sign of life. Visitors of 40 sites are sent there.`nWith the agent: hostingops failover acme --inventory $inventoryPath"
        Sites = [string[]]@('acme', 'bakery'); Command = "Invoke-SiteFailover acme -InventoryPath '$inventoryPath'"; At = $Now.AddMinutes(-4) }
    $over = [HostingOps.HostingAlert]@{ Event = 'Recovered'; Severity = 'Information'; IncidentId = '01KJM5C3S0ABCDEFGHJKMNPQRS'; Title = 'Resolved: do-1 is down with 40 sites'; Text = 'do-1 answers again. It lasted for 3 min.'; Sites = [string[]]@('acme'); At = $Now.AddMinutes(-3); Link = 'https://www.acme-legal.example/' }
    $hosts = [Collections.Generic.Dictionary[string, HostingOps.SiteHost]]::new()
    $do1, $li1, $farm | ForEach-Object { $hosts[$_.Name] = $_ }
    $inventory = [HostingOps.HostingInventory]@{ Path = $inventoryPath; Zone = $zone; ZoneId = 'Z0123456789ABC'; Owner = 'agency'; Aws = $aws; NameServers = [string[]]@('127.0.0.1:5353'); Hosts = $hosts; Sites = [HostingOps.HostedSite[]]@($site, $longSite, $foreignSite)
        Policy = $fleet; Apex = $apex; DynamicDns = [HostingOps.DynamicDnsRecord[]]@($dynamic); Notifications = $channels }

    # Redirects of bare domains.
    $lost = [HostingOps.ApexRedirectFinding]::new('PathChanged', 'Failed', 'The path /hostingops%20check/a%2Fb;v=1/%C3%BC/ is lost.')
    $late = [HostingOps.ApexRedirectFinding]::new('CertificateExpiring', 'Warning', 'The certificate expires on 2026-03-09 12:00 UTC, within 14 days.')
    $astray = [HostingOps.ApexRedirectFinding]::new('DnsElsewhere', 'Failed', 'The A record of rechtsanwaelte-mueller-und-partner-niederlassung.example is 192.0.2.1, not 198.51.100.99.')
    $silent = [HostingOps.ApexRedirectFinding]::new('DnsUnknown', 'Unknown', 'It is not known where acmelaw.example leads: the name server 127.0.0.53:53 answers Refused for acmelaw.example.')
    $asked = '/hostingops%20check/a%2Fb;v=1/%C3%BC/?a=b&c=%2F&d=x+y&e=&f=%26'
    $straight = [HostingOps.ApexRedirectHop]::new("http://acme-legal.example$asked", 301)
    $redirectTests = @(
        [HostingOps.ApexRedirectTest]@{ SiteName = 'acme'; Host = 'acme-legal.example'; Scheme = 'http'; Url = "http://acme-legal.example$asked"; Expected = "https://www.acme-legal.example$asked"; Address = '198.51.100.99'
            Status = 301; Location = "https://www.acme-legal.example$asked"; Hops = [HostingOps.ApexRedirectHop[]]@($straight); Outcome = 'Passed'; Milliseconds = 41.2; CheckedAt = $Now.AddMinutes(-4); InventoryPath = $inventoryPath }
        [HostingOps.ApexRedirectTest]@{ SiteName = $long; Host = "$long.example"; Scheme = 'https'; Url = "https://$long.example$asked"; Expected = "https://www.$long.example$asked"; Address = '198.51.100.99'
            Status = 301; Location = "https://www.$long.example/"; Outcome = 'Failed'; Findings = [HostingOps.ApexRedirectFinding[]]@($lost, $astray, $late); Milliseconds = 1204; CheckedAt = $Now.AddMinutes(-4)
            Hops = [HostingOps.ApexRedirectHop[]]@([HostingOps.ApexRedirectHop]::new("https://$long.example$asked", 301), [HostingOps.ApexRedirectHop]::new("http://$long.example/", 302))
            CertificateNotAfter = $Now.AddDays(8) }
        [HostingOps.ApexRedirectTest]@{ SiteName = 'acme'; Host = 'acmelaw.example'; Scheme = 'https'; Url = "https://acmelaw.example$asked"; Expected = "https://www.acme-legal.example$asked"; Address = '198.51.100.99'
            Outcome = 'Unknown'; Findings = [HostingOps.ApexRedirectFinding[]]@($silent); Milliseconds = 10000; CheckedAt = $Now.AddMinutes(-4); CertificateProblem = 'the certificate is for other.example, not for acmelaw.example' })
    $generation = [HostingOps.MirrorGeneration]@{ SiteName = 'acme'; Id = '20260301T090000Z'; StartedAt = $Now.AddHours(-3); FinishedAt = $Now.AddHours(-3).AddMinutes(5); HostName = 'www.acme-legal.example'; Pages = 120; Assets = 842; Redirects = 7; Bytes = 48271360; MissingAssets = 1; BrokenLinks = 3; IsWhole = $true; ManifestHash = '3f786850e387550fdab836ed7e6dc881de23001b2f0f0e0c4a2f0e6b7a1c9d55' }
    $lostGeneration = [HostingOps.MirrorGeneration]@{ SiteName = 'acme'; Id = '20260301T070000Z'; StartedAt = $Now.AddHours(-5); FinishedAt = $Now.AddHours(-5).AddMinutes(8); HostName = 'www.acme-legal.example'; Pages = 88; Assets = 840; Bytes = 31457280; Reason = 'The site failed to answer for 32 of its own URLs, the first /shop/ (status 503).' }
    $omissions = [HostingOps.MirrorOmission[]]@([HostingOps.MirrorOmission]::new('robots.txt forbids it', 12, [string[]]@('/admin/', '/admin/users/', '/search?q=a')), [HostingOps.MirrorOmission]::new('the site answers 404', 2, [string[]]@('/old-flyer.pdf')))
    $difference = [HostingOps.MirrorDifference]::new('/shop/?page=2', 'status 200', 'status 404')
    $lostPage = [HostingOps.MirrorDifference]::new('/a-rather-long-path/of-a-page/that-changed.html', 'type text/html; charset=utf-8', 'type text/plain')
    $mirrorLinks = [HostingOps.MirrorLink]::new('/style.css?v=3', $true), [HostingOps.MirrorLink]::new('/about', $false)
    $publishSteps = [HostingOps.ApexPublishEntry[]]@(
        [HostingOps.ApexPublishEntry]::new('Connect', $Now.AddMinutes(-4), 0.41, $null)
        [HostingOps.ApexPublishEntry]::new('Test', $Now.AddMinutes(-4), 0.12, 'not possible before the swap: apex.test is no call of nginx')
        [HostingOps.ApexPublishEntry]::new('Verify', $Now.AddMinutes(-4), 1.3, '12 names answered rightly'))
    $checksum = '3f786850e387550fdab836ed7e6dc881de23001b2f0f0e0c4a2f0e6b7a1c9d55'
    $published = [HostingOps.ApexPublishResult]@{ Destination = 'admin@198.51.100.99'; Path = '/etc/nginx/conf.d/hostingops-apex.conf'; Outcome = 'Published'; Reason = 'Tested, in its place, loaded, and 12 names answered rightly.'
        Checksum = $checksum; FormerChecksum = $checksum -replace '3', '4'; DomainCount = 4812; Added = 3; Removed = 1; Changed = 2; VerifiedCount = 12; BackupPath = '/etc/nginx/conf.d/.hostingops-apex.conf.hostingops-former'; Timeline = $publishSteps
        StartedAt = $Now.AddMinutes(-4); EndedAt = $Now.AddMinutes(-4).AddSeconds(2.25); InventoryPath = $inventoryPath }
    $takenBack = [HostingOps.ApexPublishResult]@{ Destination = 'admin@[2001:db8:85a3:8d3:1319:8a2e:370:7348]:2222'; Path = '/etc/nginx/conf.d/hostingops-apex.conf'; Outcome = 'RolledBack'; ErrorId = 'ApexPublishRolledBack'
        Reason = 'The reload failed: Job for nginx.service failed. The former file is back.'; Checksum = $checksum; DomainCount = 12; StartedAt = $Now.AddMinutes(-4); EndedAt = $Now.AddMinutes(-4).AddSeconds(2.25) }

    $fixedWww = [HostingOps.SiteDnsFinding]@{ Code = 'WwwFixedAddress'; Severity = 'Error'; Name = 'www.acme-legal.example'; Seen = "www.acme-legal.example has the address 203.0.113.10 itself, that of one of the site's hosts: it works today, and does not follow a failover."
        SeenFrom = [string[]]@('ns1.hoster.example (192.0.2.53)', 'ns2.hoster.example (198.51.100.53)'); Expected = 'www.acme-legal.example is a CNAME to acme.sites.example.net.'
        Request = "Please remove the address records (A and AAAA) of www.acme-legal.example, and set this one record in their place, so that we can move the website when a server fails:`n`n    www.acme-legal.example.  3600  IN  CNAME  acme.sites.example.net." }
    $oldSignature = [HostingOps.SiteDnsFinding]@{ Code = 'DnssecExpiring'; Severity = 'Warning'; Name = "$long.example"; Seen = "The signature of $long.example SOA expires on 2031-03-03 12:00 UTC, within 3 days, and has not been renewed."
        SeenFrom = [string[]]@('ns1.hoster.example (192.0.2.53)'); Expected = "The signatures of $long.example are renewed well before they expire." }
    $anyName = [HostingOps.SiteDnsFinding]@{ Code = 'Wildcard'; Severity = 'Information'; Name = 'acme-legal.example'; Seen = 'Any name below acme-legal.example leads somewhere, 203.0.113.10: a misspelt name looks like a site, and a record that goes missing is not noticed.'; Expected = 'Only names that are meant to exist do.' }
    $unheard = [HostingOps.SiteDnsFinding]@{ Code = 'NotKnown'; Severity = 'Unknown'; Name = 'www.bakery.example'; Seen = 'It is not known where www.bakery.example leads. ns1.hoster.example (192.0.2.53) gave no answer within 5 s.'; Expected = 'A name server that answers for the name.' }
    $dnsAudits = @(
        [HostingOps.SiteDnsAudit]@{ SiteName = 'acme'; Domain = 'acme-legal.example'; Record = "acme.$zone"; Status = 'Failed'; Findings = [HostingOps.SiteDnsFinding[]]@($fixedWww, $anyName); Chain = [string[]]@('www.acme-legal.example'); Addresses = [string[]]@('203.0.113.10'); RecordTtl = 60
            CheckedAt = $Now.AddMinutes(-4); InventoryPath = $inventoryPath }
        [HostingOps.SiteDnsAudit]@{ SiteName = $long; Domain = "$long.example"; Record = "$long.$zone"; Status = 'Warning'; Findings = [HostingOps.SiteDnsFinding[]]@($oldSignature); Chain = [string[]]@("www.$long.example", "$long.$zone"); Addresses = [string[]]@('203.0.113.10', '2001:db8:1::10')
            RecordTtl = 60; LongestTtl = 86400; CheckedAt = $Now.AddMinutes(-4) }
        [HostingOps.SiteDnsAudit]@{ SiteName = 'clinic'; Domain = 'clinic.example'; Record = "clinic.$zone"; Status = 'Passed'; Chain = [string[]]@('www.clinic.example', "clinic.$zone"); Addresses = [string[]]@('198.51.100.7'); RecordTtl = 60; LongestTtl = 3600; CheckedAt = $Now.AddMinutes(-4) }
        [HostingOps.SiteDnsAudit]@{ SiteName = 'bakery'; Domain = 'bakery.example'; Record = "bakery.$zone"; Status = 'Unknown'; Findings = [HostingOps.SiteDnsFinding[]]@($unheard); Chain = [string[]]@('www.bakery.example'); RecordTtl = 60; CheckedAt = $Now.AddMinutes(-4) })
    $dnsMessages = @(
        [HostingOps.SiteDnsMessage]@{ SiteName = 'acme'; Domain = 'acme-legal.example'; RequestCount = 1; Subject = 'DNS of acme-legal.example: a change we ask you for'; InventoryPath = $inventoryPath
            Body = "Hello,`n`nwe look after the website www.acme-legal.example.`n`n1. Please do it.`n" }
        [HostingOps.SiteDnsMessage]@{ SiteName = $long; Domain = "$long.example"; RequestCount = 12; Subject = "DNS of $long.example: 12 changes we ask you for"; Body = "Hello,`n" })
    # Changes of a zone.
    function New-Set([string] $Name, [string] $Type, [string] $Value, $Ttl = 60) { [HostingOps.DnsRecordSet]@{ Name = $Name; Type = $Type; Ttl = $Ttl; Values = [string[]]@($Value) } }
    $newRecord = [HostingOps.DnsRecordSet[]]@((New-Set 'acme.sites.example.net' 'A' '203.0.113.10'), (New-Set '_hostingops-owner.acme.sites.example.net' 'TXT' '"hostingops/1 owner=agency site=acme"' 300))
    $lateRecord = "$long.sites.example.net"
    $changes = [HostingOps.DnsRecordChange[]]@(
        [HostingOps.DnsRecordChange]@{ Record = 'acme.sites.example.net'; SiteName = 'acme'; Before = [HostingOps.DnsRecordSet[]]@(); After = $newRecord; Reason = 'New, at its primary do-1.' }
        [HostingOps.DnsRecordChange]@{ Record = $lateRecord; SiteName = $long; Before = [HostingOps.DnsRecordSet[]]@(New-Set $lateRecord 'AAAA' '2001:db8:85a3:8d3:1319:8a2e:370:7348' 3600); After = [HostingOps.DnsRecordSet[]]@(New-Set $lateRecord 'AAAA' '2001:db8:85a3:8d3:1319:8a2e:370:7348'); Reason = 'TTL of AAAA 3600 -> 60; do-1 stays live.' }
        [HostingOps.DnsRecordChange]@{ Record = 'old.sites.example.net'; SiteName = 'old'; Before = [HostingOps.DnsRecordSet[]]@(New-Set 'old.sites.example.net' 'CNAME' 'web-7.provider.example'); After = [HostingOps.DnsRecordSet[]]@(); Reason = "The site 'old' is gone from the inventory." })
    $zoneNotices = [HostingOps.ZoneNotice[]]@(
        [HostingOps.ZoneNotice]::new('Drift', 'blog.sites.example.net', 'blog', "Points to A 192.0.2.99 (TTL 60), which is neither do-1 nor li-1. Sync does not decide which host is live: Set-SiteDnsTarget blog -HostName do-1, or li-1, does.")
        [HostingOps.ZoneNotice]::new('Stranger', $lateRecord, [NullString]::Value, "It is no site's, and nobody has marked it as theirs: A 192.0.2.1 (TTL 60).")
        [HostingOps.ZoneNotice]::new('OtherOwner', 'shop.sites.example.net', 'shop', "It belongs to the inventory 'partner' (site 'shop'). Give one of the two sites another record."))
    $zoneGates = [HostingOps.ZoneChangeGate[]]@(
        [HostingOps.ZoneChangeGate]::new('ChangeCount', 'Passed', '2 existing record sets would be updated or deleted, and 50 are allowed.')
        [HostingOps.ZoneChangeGate]::new('ChangePercent', 'Refused', "That is 40% of the zone's 5 record sets, and 30% are allowed."))
    $zonePlan = [HostingOps.ZoneChangePlan]@{ Kind = 'Sync'; Zone = $zone; ZoneId = 'Z0123456789ABC'; Changes = $changes; Notices = $zoneNotices; Gates = [HostingOps.ZoneChangeGate[]]@($zoneGates[0]); Checksum = '3f786850e387550fdab836ed7e6dc881'; ZoneRecordSetCount = 5; CreatedAt = $Now.AddMinutes(-4); InventoryPath = $inventoryPath }
    $refusedPlan = [HostingOps.ZoneChangePlan]@{ Kind = 'Undo'; Zone = "$long.example"; ZoneId = 'Z0123456789ABC'; Changes = [HostingOps.DnsRecordChange[]]@($changes[2]); Gates = $zoneGates; Checksum = '89e6c98d92887913cadf06b2adb97f26'; ZoneRecordSetCount = 12000; CreatedAt = $Now.AddMinutes(-4); UndoOf = '01KJM5C3S0ABCDEFGHJKMNPQRS' }
    $changeResults = foreach ($one in @{ Change = $changes[0]; Outcome = 'Applied'; Reason = 'New, at its primary do-1.'; ErrorId = $null }, @{ Change = $changes[1]; Outcome = 'Conflict'; Reason = "'$lateRecord' was changed by somebody else since the plan was made: expected AAAA 2001:db8:85a3:8d3:1319:8a2e:370:7348 (TTL 3600), found no record."; ErrorId = 'RecordConflict' }, @{ Change = $changes[2]; Outcome = 'NotProven'; Reason = 'ns-1.example:53 still answers with CNAME web-7.provider.example (TTL 60).'; ErrorId = 'VerificationFailed' }) {
        [HostingOps.DnsRecordChangeResult]@{ Change = $one.Change; Outcome = $one.Outcome; Reason = $one.Reason; ErrorId = $one.ErrorId; ChangeId = $one.ErrorId -eq 'RecordConflict' ? $null : 'C2682N5HXP0BZ4'; OperationId = '01KJM5C3S0ABCDEFGHJKMNPQRS'; Checksum = $zonePlan.Checksum; Zone = $zone }
    }

    $witness = [HostingOps.WitnessAgent]@{ Name = 'nyc'; Url = 'https://nyc.ops.example:8787'; Key = '${WITNESS_KEY}' }
    $farWitness = [HostingOps.WitnessAgent]@{ Name = 'singapore-2'; Url = 'https://watch-2.singapore.ops.example.net:8787/witness'; Key = '${SINGAPORE_WITNESS_KEY}'; CaFile = 'roots.pem' }

    [ordered]@{
        HostedSite = $site, $longSite, $foreignSite
        SiteHealth = $down, $well, $poor, $unknown
        SiteDnsTarget = $target, $stranger, $missing
        SiteDnsSwitchResult = @(
            [HostingOps.SiteDnsSwitchResult]@{ SiteName = 'acme'; Record = "acme.$zone"; HostName = 'li-1'; Changed = $true; Before = $before; After = $after; ChangeId = 'C0123456789ABCDEFGHIJ'; OperationId = '01KJM5C3S0ABCDEFGHJKMNPQRS'; Verified = $true; InventoryPath = $inventoryPath }
            [HostingOps.SiteDnsSwitchResult]@{ SiteName = $long; Record = "$long.$zone"; HostName = 'cloud-farm-frankfurt-2'; Changed = $false; Before = $home1; After = $home1; InventoryPath = $inventoryPath })
        SiteFailoverPlan = $plan, $longPlan, $noPlan
        FailoverResult = $result, $refused
        FailoverHistoryEntry = $history
        SiteDnsAudit = $dnsAudits
        SiteDnsFinding = $fixedWww, $oldSignature, $anyName, $unheard
        SiteDnsMessage = $dnsMessages
        DnsAuditSettings = [HostingOps.DnsAuditSettings]::new(), [HostingOps.DnsAuditSettings]@{ Resolvers = [string[]]@('dns.example:5353'); WildcardCertificates = $true; MaxSwitchTime = [timespan]::FromSeconds(90); Roots = [string[]]@('127.0.0.1:5300'); Port = 5300 }
        FailoverPause = @(
            [HostingOps.FailoverPause]@{ SiteName = 'acme'; By = 'ops@desk'; Reason = 'Moving the database tonight'; Since = $Now.AddMinutes(-90); Until = $Now.AddHours(3).AddMinutes(30) }
            [HostingOps.FailoverPause]@{ SiteName = $long; By = 'scheduler@watch-2.ops.example.net'; Reason = 'Der Kunde zieht um; nichts anfassen, bis er anruft'; Since = $Now.AddDays(-12).AddHours(-3) })
        FailoverDrillResult = @(
            [HostingOps.FailoverDrillResult]@{ Passed = $true; KilledHost = 'do-1'; Sites = [string[]]@('acme', 'bakery'); DetectSeconds = 2.114; DecideSeconds = 0.004; SwitchSeconds = 0.21; VerifySeconds = 1.05; OutageSeconds = 3.5; FailbackSeconds = 1.9; Reason = '2 sites moved and back.'; Plans = [HostingOps.SiteFailoverPlan[]]@($plan); Results = [HostingOps.FailoverResult[]]@($result); StartedAt = $Now.AddMinutes(-4) }
            [HostingOps.FailoverDrillResult]@{ Passed = $false; KilledHost = 'cloud-farm-frankfurt-2'; Sites = [string[]]@($long); DetectSeconds = 120.5; FailedStep = 'Verify'; OutageSeconds = 1234.5; Reason = 'The site did not answer on do-1 within 20 min; ns-1.example.net still gave the old address.'; StartedAt = $Now.AddMinutes(-40) })
        InventoryFinding = @(
            [HostingOps.InventoryFinding]@{ Severity = 'Error'; Code = 'INV021'; Message = "The hosts of site 'acme' share the provider 'linode'."; SuggestedFix = 'Choose a secondary at another provider.'; Path = $inventoryPath; Line = 14; Column = 16 }
            [HostingOps.InventoryFinding]@{ Severity = 'Warning'; Code = 'INV050'; Message = "The webhook's address stands in the file."; Path = $inventoryPath; Line = 10412; Column = 7 })
        HostingSandbox = [pscustomobject]@{ PSTypeName = 'HostingOps.HostingSandbox'; Id = 'sandbox-1f0a2b3c'; EndpointUrl = 'http://127.0.0.1:40123'; NameServer = '127.0.0.1:40053'; ZoneId = 'Z0123456789ABC'; InventoryPath = '/tmp/hostingops-sandbox-1f0a2b3c/hosting.yml'; Inventory = $inventory; IsRunning = $true; StoppedHosts = @('do-1'); ElasticIp = '198.51.100.99'; StoppedZones = @('eu-west-1a') }
        FailoverGate = $passed, $standby, $cooldown, $limit, $observer
        TimelineEntry = $timeline
        PlannedHook = $planned, [HostingOps.PlannedHook]::new('Fence', [string[]]@('/usr/local/bin/fence'), [timespan]::FromMinutes(10))
        DnsSwitch = $change, $longChange
        DnsRecordSet = @($before; $home1
            [HostingOps.DnsRecordSet]@{ Name = "*.$zone"; Type = 'A'; AliasTarget = 'dualstack.lb-1234567890.eu-west-1.elb.amazonaws.com'; SetIdentifier = 'blue'; HealthCheckId = '01234567-89ab-cdef-0123-456789abcdef' }
            [HostingOps.DnsRecordSet]@{ Name = "_hostingops.$zone"; Type = 'TXT'; Ttl = 172800; Values = [string[]]@('"v1 op=01KJM5C3S0ABCDEFGHJKMNPQRS batch=1 by=ops@desk"', '"second"') })
        SwitchMarker = @(
            [HostingOps.SwitchMarker]@{ OperationId = '01KJM5C3S0ABCDEFGHJKMNPQRS'; By = 'ops@desk'; At = $Now.AddMinutes(-6); Sites = [string[]]@('acme', 'bakery'); SiteCount = 2 }
            [HostingOps.SwitchMarker]@{ OperationId = '01KJM4ZZZZZZZZZZZZZZZZZZZZ'; By = 'scheduler@watch-2.ops.example.net'; At = $Now.AddDays(-12).AddHours(-3); Batch = 13; SiteCount = 5000 })
        ProbeTimings = $well.Timings, $down.Timings, $poor.Timings
        HostingInventory = $inventory
        SiteHost = $do1, $li1, $farm
        HealthCheckPolicy = $check, [HostingOps.HealthCheckPolicy]::new()
        IntermittentFailures = $check.Intermittent
        MaintenanceWindow = @(
            [HostingOps.MaintenanceWindow]@{ Reason = 'new rack'; From = $Now.AddDays(2); To = $Now.AddDays(2).AddHours(4); Hosts = [string[]]@('do-1'); Providers = [string[]]@('a-rather-long-provider-name') }
            [HostingOps.MaintenanceWindow]@{ Reason = 'backups'; Weekly = [string[]]@('sat', 'sun'); At = [TimeOnly]::new(2, 30); Duration = [timespan]::FromHours(2); TimeZone = 'Europe/Berlin' })
        SitePolicy = $sitePolicy, [HostingOps.SitePolicy]@{ Cooldown = [timespan]::FromSeconds(90) }
        SiteHooks = $hooks
        Hook = $fence, $hook
        StatusRange = $check.ExpectStatus
        FleetPolicy = $fleet, [HostingOps.FleetPolicy]::new()
        AwsSettings = $aws, [HostingOps.AwsSettings]@{ EndpointUrl = 'http://127.0.0.1:40123' }
        ApexSettings = $apex, [HostingOps.ApexSettings]@{ ElasticIp = '203.0.113.250' }
        ApexInstanceSettings = $machine, [HostingOps.ApexInstanceSettings]::new()
        ApexRedirectSettings = $redirecting, [HostingOps.ApexRedirectSettings]::new()
        SshDestination = $ssh, [HostingOps.SshDestination]::new([NullString]::Value, 'redirector', $null)
        ApexRedirect = $redirects
        ApexRedirectConfig = $configs
        ServerConfigTest = $judged, $rejected, $unjudged
        SiteMirrorConfig = @(
            [HostingOps.SiteMirrorConfig]@{ HostName = 'li-1'; Format = 'Nginx'; Text = "# Mirrors of 2 sites on li-1, for nginx.`n`nmap_hash_max_size 65536;`n"; Checksum = 'c0123456789abcdef' * 4; SiteNames = [string[]]@('acme', 'bakery'); Names = [string[]]@('acme-legal.example', 'www.acme-legal.example'); Test = $judged; InventoryPath = $inventoryPath }
            [HostingOps.SiteMirrorConfig]@{ HostName = 'cloud-farm-frankfurt-2'; Format = 'Caddy'; Text = "# Mirrors`n"; Checksum = 'd0123456789abcdef' * 4; SiteNames = [string[]]@($long); Names = [string[]]@("www.$long.example"); IsHttps = $true; Test = $rejected; Path = '/srv/hosting/mirrors/hostingops-mirrors-of-the-farm.caddy' })
        MirrorTransportResult = @(
            [HostingOps.MirrorTransportResult]@{ SiteName = 'acme'; GenerationId = '20261122T083000Z'; HostName = 'li-1'; Destination = 'deploy@198.51.100.7'; Outcome = 'Sent'; Reason = 'It is there, verified by checksum, current and loaded.'; FormerGenerationId = '20261121T083000Z'; Files = 1240; FilesSent = 37; Bytes = 84112000; BytesSent = 1204000; Pruned = [string[]]@('20261118T083000Z'); StartedAt = $Now.AddMinutes(-4); EndedAt = $Now.AddMinutes(-4).AddSeconds(7.4) }
            [HostingOps.MirrorTransportResult]@{ SiteName = $long; GenerationId = '20261122T083001Z-2'; HostName = 'cloud-farm-frankfurt-2'; Destination = 'deploy@203.0.113.10'; Outcome = 'Failed'; ErrorId = 'MirrorTransportFailed'; Reason = 'On deploy@203.0.113.10, there is no ''rsync''. What is current there was not touched.'; Resumed = $true; StartedAt = $Now.AddMinutes(-4); EndedAt = $Now.AddMinutes(-4).AddSeconds(1) })
        ElasticIp = $elastic, [HostingOps.ElasticIp]@{ PublicIp = '203.0.113.250'; AllocationId = 'eipalloc-0fedcba9876543210'; NetworkBorderGroup = 'eu-west-1-wl1-lon-wlz-1'; Region = 'eu-west-1' }
        ElasticIpAssociation = $was, $free, [HostingOps.ElasticIpAssociation]::new('eipassoc-0fedcba9876543210', [NullString]::Value, 'eni-0bbbbbbbbbbbbbbbb', '172.31.255.254')
        ElasticIpGate = $addressGates
        ElasticIpMovePlan = @(
            [HostingOps.ElasticIpMovePlan]@{ PublicIp = '198.51.100.99'; AllocationId = 'eipalloc-0123456789abcdef0'; From = $was; FromAvailabilityZone = 'eu-west-1a'; InstanceId = 'i-0bbbbbbbbbbbbbbbb'; NetworkInterfaceId = 'eni-0bbbbbbbbbbbbbbbb'; AvailabilityZone = 'eu-west-1b'; Gates = $addressGates; Region = 'eu-west-1'; PlannedAt = $Now.AddMinutes(-4); InventoryPath = $inventoryPath }
            [HostingOps.ElasticIpMovePlan]@{ PublicIp = '198.51.100.99'; AllocationId = 'eipalloc-0123456789abcdef0'; From = $was; FromAvailabilityZone = 'eu-west-1a'; InstanceId = $was.InstanceId; Region = 'eu-west-1'; EndpointUrl = 'http://127.0.0.1:40123'; PlannedAt = $Now.AddMinutes(-4) }
            [HostingOps.ElasticIpMovePlan]@{ PublicIp = '203.0.113.250'; AllocationId = 'eipalloc-0fedcba9876543210'; From = $free; InstanceId = 'i-0bbbbbbbbbbbbbbbb'; Gates = [HostingOps.ElasticIpGate[]]@($addressGates[0]); Region = 'eu-west-1'; PlannedAt = $Now.AddMinutes(-4) })
        ElasticIpMoveResult = @(
            [HostingOps.ElasticIpMoveResult]@{ PublicIp = '198.51.100.99'; AllocationId = 'eipalloc-0123456789abcdef0'; Outcome = 'Moved'; Reason = 'The address answers from i-0bbbbbbbbbbbbbbbb: 301 to https://www.acme-legal.example/ for acme-legal.example.'; Changed = $true; InstanceId = 'i-0bbbbbbbbbbbbbbbb'; NetworkInterfaceId = 'eni-0bbbbbbbbbbbbbbbb'
                AssociationId = 'eipassoc-0fedcba9876543210'; AvailabilityZone = 'eu-west-1b'; Proof = 'Identity'; PreviousInstanceId = $was.InstanceId; PreviousNetworkInterfaceId = $was.NetworkInterfaceId; PreviousAssociationId = $was.AssociationId; Undo = $undo
                OperationId = '01KJM5C3S0ABCDEFGHJKMNPQRS'; StartedAt = $Now.AddMinutes(-4); Duration = [timespan]::FromSeconds(3.25); Gates = [HostingOps.ElasticIpGate[]]@($addressGates[0]); InventoryPath = $inventoryPath }
            [HostingOps.ElasticIpMoveResult]@{ PublicIp = '203.0.113.250'; AllocationId = 'eipalloc-0fedcba9876543210'; Outcome = 'MovedUnproven'; ErrorId = 'ElasticIpNotProven'; Reason = 'After 60 s 203.0.113.250 does not redirect from i-0bbbbbbbbbbbbbbbb: no answer within 5 s.'; Changed = $true; InstanceId = 'i-0bbbbbbbbbbbbbbbb'
                Proof = 'Association'; OperationId = '01KJM4ZZZZZZZZZZZZZZZZZZZZ'; StartedAt = $Now.AddMinutes(-4); Duration = [timespan]::FromSeconds(61) }
            [HostingOps.ElasticIpMoveResult]@{ PublicIp = '198.51.100.99'; AllocationId = 'eipalloc-0123456789abcdef0'; Outcome = 'Refused'; ErrorId = 'ElasticIpMoveRefused'; Reason = 'NoOtherAddress: it would lose 198.51.100.77.'; InstanceId = 'i-0bbbbbbbbbbbbbbbb'; PreviousInstanceId = $was.InstanceId; PreviousAssociationId = $was.AssociationId; StartedAt = $Now.AddMinutes(-4); Gates = $addressGates })
        ElasticIpUndo = $undo
        ApexRedirectTest = $redirectTests
        ApexRedirectFinding = $lost, $astray, $silent
        ApexRedirectHop = $straight, [HostingOps.ApexRedirectHop]::new("https://$long.example$asked", $null)
        ApexLaunchPlace = $places
        ApexHistoryEntry = @(
            [HostingOps.ApexHistoryEntry]@{ OperationId = '01KJM5C3S0ABCDEFGHJKMNPQRS'; Kind = 'Restore'; Outcome = 'Restored'; Reason = 'Every redirect is proven.'; LastStep = 'Finish'; PublicIp = '198.51.100.99'; AllocationId = 'eipalloc-0123456789abcdef0'; From = $was.InstanceId; To = 'i-0bbbbbbbbbbbbbbbb'; By = 'ops@desk'; StartedAt = $Now.AddMinutes(-4); EndedAt = $Now.AddMinutes(-3); Timeline = $recoveryEvents; Region = 'eu-west-1'; InventoryPath = $inventoryPath }
            [HostingOps.ApexHistoryEntry]@{ OperationId = '01KJM4ZZZZZZZZZZZZZZZZZZZZ'; Kind = 'Restore'; Outcome = 'InProgress'; Reason = 'It has not ended. Launch started: In eu-west-1b.'; LastStep = 'Launch'; PublicIp = '198.51.100.99'; AllocationId = 'eipalloc-0123456789abcdef0'; By = 'scheduler@watch-2.ops.example.net'; StartedAt = $Now.AddDays(-12).AddHours(-3); Resumable = $true; Region = 'eu-west-1'; EndpointUrl = 'http://127.0.0.1:40123' }
            [HostingOps.ApexHistoryEntry]@{ OperationId = '01KJM4AAAAAAAAAAAAAAAAAAAA'; Kind = 'Move'; Outcome = 'MovedUnproven'; ErrorId = 'ElasticIpNotProven'; Reason = 'After 60 s 198.51.100.99 does not redirect from i-0bbbbbbbbbbbbbbbb: no answer within 5 s.'; LastStep = 'Finish'; PublicIp = '198.51.100.99'; AllocationId = 'eipalloc-0123456789abcdef0'; From = $was.InstanceId; To = 'i-0bbbbbbbbbbbbbbbb'; By = 'ops@desk'; StartedAt = $Now.AddDays(-400); EndedAt = $Now.AddDays(-400).AddMinutes(2); Region = 'eu-west-1' })
        ApexRecoveryEvent = $recoveryEvents
        ApexRecoveryGate = $recoveryGates
        ApexRecoveryPlan = $recoveryPlan
        ApexRecoveryResult = $recovered
        ApexDrillResult = @(
            [HostingOps.ApexDrillResult]@{ Passed = $true; FailedZone = 'eu-west-1a'; PublicIp = '198.51.100.99'; RedirectCount = 10; Server = '/usr/sbin/nginx'; OldInstanceId = 'i-0aaaaaaaaaaaaaaaa'; NewInstanceId = 'i-0bbbbbbbbbbbbbbbb'; AvailabilityZone = 'eu-west-1b'
                DetectSeconds = 2.02; PlanSeconds = 15.88; RecheckSeconds = 5.01; LaunchSeconds = 0.19; BootSeconds = 1.27; TestSeconds = 0.03; MoveSeconds = 0.64; VerifySeconds = 0.02; OutageSeconds = 25.32; Reason = '10 redirects moved from eu-west-1a to eu-west-1b within 25.3 s.'
                Plan = $recoveryPlan; Result = $recovered; StartedAt = $Now.AddMinutes(-4) }
            [HostingOps.ApexDrillResult]@{ Passed = $false; FailedZone = 'eu-west-1a'; PublicIp = '198.51.100.99'; RedirectCount = 10; Server = 'built-in'; OldInstanceId = 'i-0aaaaaaaaaaaaaaaa'; DetectSeconds = 2.02; PlanSeconds = 15.5; FailedStep = 'Plan'
                Reason = 'The recovery is refused: ZoneHealthy: the only subnet, subnet-0aaaaaaaaaaaaaaaa, is in eu-west-1a.'; StartedAt = $Now.AddMinutes(-40) })
        DynamicDnsRecord = $dynamic
        AddressAnswer = $answers
        SiteWatchChange = @(
            [HostingOps.SiteWatchChange]@{ At = $Now.AddMinutes(-4); SiteName = 'acme'; HostName = 'do-1'; Role = 'Active'; From = 'Suspect'; To = 'Down'; Reason = 'No sign of life in 3 checks in a row: The host does not answer a connection within 1 s; the check goes on.'; FailingSince = $Now.AddMinutes(-4).AddSeconds(-3); InventoryPath = $inventoryPath }
            [HostingOps.SiteWatchChange]@{ At = $Now.AddMinutes(-3); SiteName = $long; HostName = 'cloud-farm-frankfurt-2'; Role = 'Standby'; From = 'Maintenance'; To = 'Healthy'; Reason = 'Answers 200.' })
        PublicIpAddress = $publicAddresses
        DynamicDnsGate = $dynamicGates
        DynamicDnsResult = $dynamicResults
        UplinkChange = $lineChange, $lineBack
        UplinkSettings = [HostingOps.UplinkSettings]@{ Name = '4g'; Ranges = [string[]]@('198.51.100.0/24', '2001:db8:4::/48'); Reaction = 'SwitchToMirror'; Publish = $false; Hosts = [string[]]@('cloud-farm-frankfurt-2') }, [HostingOps.UplinkSettings]@{ Name = 'fibre'; Ranges = [string[]]@('203.0.113.8') }
        NotificationChannel = $channels
        MailSettings = $mail
        HostingAlert = $alert, $over
        HostingAlertDelivery = @(
            [HostingOps.HostingAlertDelivery]@{ Id = 4812; Channel = 'slack'; Kind = 'Webhook'; Place = '${ALERT_WEBHOOK}'; Outcome = 'Sent'; Answer = '200'; Attempts = 1; SentAt = $Now.AddMinutes(-4); Alert = $alert; InventoryPath = $inventoryPath }
            [HostingOps.HostingAlertDelivery]@{ Id = 4813; Channel = 'mail'; Kind = 'Mail'; Place = 'smtp.example.net:587'; Outcome = 'Waiting'; Answer = 'it gave no answer within 30 s'; Attempts = 3; NextAttemptAt = $Now.AddSeconds(20); Alert = $over; InventoryPath = $inventoryPath }
            [HostingOps.HostingAlertDelivery]@{ Id = 4814; Channel = 'modem'; Outcome = 'Undelivered'; Answer = 'it ended with exit code 3: no modem'; Attempts = 50; Alert = $alert }
            [HostingOps.HostingAlertDelivery]@{ Channel = 'pager'; Kind = 'Webhook'; Place = ''; Outcome = 'Sent'; Answer = '202'; Attempts = 1; Milliseconds = 214.7; SentAt = $Now.AddMinutes(-3); Alert = [HostingOps.HostingAlert]@{ Event = 'Test'; Severity = 'Information'; IncidentId = 'test-01KJM5C3S0ABCDEFGHJKMNPQRS'; Title = 'A test of the notification channel pager'; Text = 'ops@desk has sent this to see whether it arrives. Nothing is wrong.'; At = $Now.AddMinutes(-3) } })
        HostingIncident = @(
            [HostingOps.HostingIncident]@{ Id = '01KJM5C3S0ABCDEFGHJKMNPQRS'; Cause = 'Host'; Subject = 'do-1'; Sites = [string[]]@('acme', 'bakery'); Reason = 'All 40 sites checked on do-1 fail, and the host gives no sign of life.'; OpenedAt = $Now.AddMinutes(-4); InventoryPath = $inventoryPath }
            [HostingOps.HostingIncident]@{ Id = '01KJM4ZZZZZZZZZZZZZZZZZZZZ'; Cause = 'Site'; Subject = $long; Sites = [string[]]@($long); Reason = 'Connection refused by 203.0.113.10:443.'; OpenedAt = $Now.AddDays(-12); ClosedAt = $Now.AddDays(-12).AddMinutes(42); Ending = 'It is served by li-1, and answers.' }
            [HostingOps.HostingIncident]@{ Id = '01KJM4AAAAAAAAAAAAAAAAAAAA'; Cause = 'Observer'; Subject = ''; Reason = 'None of the observer checks answers.'; OpenedAt = $Now.AddMinutes(-3) })
        ApexPublishResult = $published, $takenBack
        ApexPublishEntry = $publishSteps
        HostedZoneExport = @(
            [HostingOps.HostedZoneExport]@{ Zone = $zone; ZoneId = 'Z0123456789ABC'; Format = 'Bind'; Text = "`$ORIGIN $zone.`n@`t900`tIN`tSOA`tns. host. 1 7200 900 1209600 300`n"; RecordSetCount = 4812; IsSnapshot = $true; Path = '/srv/backup/zones/2026-03-01/sites.example.net.zone'; InventoryPath = $inventoryPath
                NotServed = [HostingOps.DnsRecordSet[]]@(
                    [HostingOps.DnsRecordSet]@{ Name = "lb.$zone"; Type = 'A'; AliasTarget = 'dualstack.lb-1234567890.eu-west-1.elb.amazonaws.com.'; AliasZoneId = 'Z32O12XQLNTSW2'; EvaluateTargetHealth = $true }
                    [HostingOps.DnsRecordSet]@{ Name = "*.$zone"; Type = 'NS'; Ttl = 60; Values = [string[]]@('ns.example.com.') }) }
            [HostingOps.HostedZoneExport]@{ Zone = 'a-rather-long-zone-name-of-a-client.example'; ZoneId = 'Z0FEDCBA9876543210'; Format = 'Yaml'; Text = "version: 1`n"; RecordSetCount = 2; IsSnapshot = $false })
        ZoneChangePlan = $zonePlan, $refusedPlan
        DnsRecordChange = $changes
        DnsRecordChangeResult = $changeResults
        ZoneNotice = $zoneNotices
        ZoneChangeGate = $zoneGates
        WitnessSettings = [HostingOps.WitnessSettings]@{ Quorum = 2; Key = '${WITNESS_KEY}'; Agents = [HostingOps.WitnessAgent[]]@($witness); Route53 = [HostingOps.Route53WitnessSettings]::new() }, [HostingOps.WitnessSettings]@{ Agents = [HostingOps.WitnessAgent[]]@($witness, $farWitness); Timeout = [timespan]::FromSeconds(12) }
        WitnessAgent = $witness, $farWitness
        Route53WitnessSettings = [HostingOps.Route53WitnessSettings]::new(), [HostingOps.Route53WitnessSettings]@{ Failing = 75; MaxAge = [timespan]::FromSeconds(60); Regions = 4 }
        SyncPolicy = [HostingOps.SyncPolicy]::new()
        SiteWatchStatus = @(
            [HostingOps.SiteWatchStatus]@{ SiteName = 'acme'; HostName = 'do-1'; Role = 'Active'; State = 'Down'; Since = $Now.AddMinutes(-4); Reason = 'Silent three times in 3.1 s: no TCP connection to 203.0.113.10:443.'; LastCheckedAt = $Now.AddMinutes(-3); NextCheckAt = $Now.AddMinutes(3); CertificateExpires = $Now.AddDays(-2).AddHours(-3); IncidentId = '01KJM5C3S0ABCDEFGHJKMNPQRS'; Live = $true; InventoryPath = $inventoryPath }
            [HostingOps.SiteWatchStatus]@{ SiteName = $long; HostName = 'cloud-farm-frankfurt-2'; Role = 'Standby'; State = 'Recovering'; Since = $Now.AddHours(-30); Reason = 'Answered 1 time of 2.'; LastCheckedAt = $Now.AddMinutes(-3); LatencyMs = 1253.7; NextCheckAt = $Now.AddMinutes(3); CertificateExpires = $Now.AddDays(61).AddHours(3); Live = $true; InventoryPath = $inventoryPath }
            [HostingOps.SiteWatchStatus]@{ SiteName = $foreign; HostName = 'li-1'; Role = 'Active'; State = 'Unknown'; Reason = 'It has not been checked yet.' })
        WatcherStatus = @(
            [HostingOps.WatcherStatus]@{ Live = $true; At = $Now.AddMinutes(-3); Holder = 'hostingops@watch-2.ops.example.net'; ProcessId = 4711; StartedAt = $Now.AddDays(-12).AddHours(-3); Endpoint = 'http://127.0.0.1:9464/'; InventoryReadAt = $Now.AddHours(-30); SiteCount = 4812; DownCount = 40; Lag = [timespan]::FromMilliseconds(12.5); ChecksPerSecond = 161.25; MemoryMiB = 118.4; AlertsUndelivered = 1
                OpenIncidents = [HostingOps.HostingIncident[]]@([HostingOps.HostingIncident]@{ Id = '01KJM5C3S0ABCDEFGHJKMNPQRS'; Cause = 'Host'; Subject = 'do-1'; Reason = 'It is silent.'; OpenedAt = $Now.AddMinutes(-4) }); Problems = [string[]]@('The inventory can''t be read: line 12, column 3: a key is missing.', 'Route 53 did not answer.'); InventoryPath = $inventoryPath }
            [HostingOps.WatcherStatus]@{ Live = $false; At = $Now.AddHours(-30); Holder = 'ops@desk'; ProcessId = 12; StartedAt = $Now.AddHours(-31); SiteCount = 3; Every = [timespan]::FromMinutes(5); MissedRuns = 359; Problems = [string[]]@('359 runs were missed: one is due every 300 s, and the last was long ago.') }
            [HostingOps.WatcherStatus]@{ Live = $false; At = $Now.AddMinutes(-3) })
        SiteWatchRegistration = @(
            [HostingOps.SiteWatchRegistration]@{ TaskName = 'hostingops-watch'; Scope = 'System'; Kind = 'Service'; Outcome = 'Registered'; RunsAs = 'hostingops'; CommandLine = '/usr/bin/hostingops watch --inventory /srv/hosting/hosting.yml --state /var/lib/hostingops/state.db'; Files = [string[]]@('/etc/systemd/system/hostingops-watch.service'); Commands = [string[]]@('systemctl daemon-reload', 'systemctl enable hostingops-watch.service', 'systemctl restart hostingops-watch.service')
                Notes = [string[]]@('See to it that hostingops can read ''/srv/hosting/hosting.yml'': others can''t.'); StatePath = '/var/lib/hostingops/state.db'; InventoryPath = $inventoryPath }
            [HostingOps.SiteWatchRegistration]@{ TaskName = 'watch-of-a-client-with-a-long-name'; Scope = 'System'; Kind = 'ScheduledTask'; Outcome = 'Unchanged'; RunsAs = 'NT AUTHORITY\LOCAL SERVICE'; CommandLine = '"C:\Program Files\HostingOps\hostingops.exe" watch --inventory C:\Ops\hosting.yml --once --every 300'; Interval = [timespan]::FromMinutes(5); StatePath = 'C:\ProgramData\HostingOps\state.db'; InventoryPath = 'C:\Ops\hosting.yml' }
            [HostingOps.SiteWatchRegistration]@{ TaskName = 'hostingops-watch'; Scope = 'User'; Outcome = 'NotRegistered' })
        SiteMirror = @(
            [HostingOps.SiteMirror]@{ SiteName = 'acme'; State = 'Current'; Id = '20260301T090000Z'; StartedAt = $Now.AddHours(-3); Age = [timespan]::FromHours(3); Pages = 120; Assets = 842; Redirects = 7; Bytes = 48271360; MissingAssets = 1; BrokenLinks = 3; IsWhole = $true; IsFresh = $true; Path = '/var/lib/hostingops/mirrors/acme/generations/20260301T090000Z'; Generation = $generation; InventoryPath = $inventoryPath }
            [HostingOps.SiteMirror]@{ SiteName = 'acme'; State = 'Refused'; Id = '20260301T070000Z'; StartedAt = $Now.AddHours(-5); Age = [timespan]::FromHours(5); Pages = 88; Assets = 840; Bytes = 31457280; Reason = 'The run lost 32 of what the current generation has: the site failed to answer for /shop/ (status 503).'; Generation = $lostGeneration }
            [HostingOps.SiteMirror]@{ SiteName = $long; State = 'Unfinished'; Id = '20260301T080000Z'; StartedAt = $Now.AddHours(-4); Age = [timespan]::FromHours(4); Reason = 'A run was cut off; the next one goes on with it.'; Path = "/var/lib/hostingops/mirrors/$long/work/20260301T080000Z" }
            [HostingOps.SiteMirror]@{ SiteName = 'bakery'; State = 'None'; Reason = "None has been saved in '/var/lib/hostingops/mirrors': Save-SiteMirror makes one."; InventoryPath = $inventoryPath })
        SiteMirrorTest = @(
            [HostingOps.SiteMirrorTest]@{ SiteName = 'acme'; HostName = 'li-1'; Status = 'Good'; Reason = 'li-1 (198.51.100.7:443) serves 20260301T090000Z of 3 h ago with 120 pages, whole; 36 h are allowed. 20 samples are as stored.'; Generation = '20260301T090000Z'; StartedAt = $Now.AddHours(-3); Age = [timespan]::FromHours(3); Pages = 120; IsWhole = $true; MissingAssets = 1; BrokenLinks = 3; Sampled = 20; AddressProbed = '198.51.100.7:443'; CheckedAt = $Now.AddMinutes(-4); InventoryPath = $inventoryPath }
            [HostingOps.SiteMirrorTest]@{ SiteName = $long; HostName = 'cloud-farm-frankfurt-2'; Status = 'Different'; Reason = "2 of 20 samples are not as stored, the first $($difference)."; Generation = '20260301T090000Z'; StartedAt = $Now.AddHours(-3); Age = [timespan]::FromSeconds(68.614); Pages = 4812; IsWhole = $true; MissingAssets = 0; BrokenLinks = 0; Sampled = 20; Differences = [HostingOps.MirrorDifference[]]@($difference, $lostPage); AddressProbed = '[2001:db8:2::7]:443'; CheckedAt = $Now.AddMinutes(-4) }
            [HostingOps.SiteMirrorTest]@{ SiteName = 'bakery'; HostName = 'li-1'; Status = 'Unknown'; Reason = 'li-1 (198.51.100.7:443) does not say how fresh its mirror is: /.mirror/health answers 404.'; AddressProbed = '198.51.100.7:443'; CheckedAt = $Now.AddMinutes(-4) })
        MirrorSaveResult = @(
            [HostingOps.MirrorSaveResult]@{ SiteName = 'acme'; IsCurrent = $true; IsWhole = $true; GenerationId = '20260301T090000Z'; StartedAt = $Now.AddHours(-3); Duration = [timespan]::FromSeconds(83.4); Pages = 120; Assets = 842; Redirects = 7; Unchanged = 948; Missing = 2; Skipped = 14; Omissions = $omissions; Sent = [HostingOps.MirrorTransportResult]@{ SiteName = 'acme'; GenerationId = '20260301T090000Z'; HostName = 'li-1'; Destination = 'deploy@198.51.100.7'; Outcome = 'Sent'; Reason = 'It is there, verified by checksum, current and loaded.'; StartedAt = $Now; EndedAt = $Now }; Bytes = 48271360; WireBytes = 902144; Requests = 985; InventoryPath = $inventoryPath }
            [HostingOps.MirrorSaveResult]@{ SiteName = $long; GenerationId = '20260301T110000Z'; StartedAt = $Now.AddHours(-1); Duration = [timespan]::FromSeconds(12.25); Pages = 88; Assets = 840; Failed = 9; Omissions = [HostingOps.MirrorOmission[]]@($omissions[0]); Bytes = 31457280; WireBytes = 31980000; Requests = 940; Reason = 'The crawl ended before it had everything: the site began to fail, the last time with: status 503.'; ErrorId = 'MirrorNotCurrent' }
            [HostingOps.MirrorSaveResult]@{ SiteName = 'bakery'; StartedAt = $Now.AddMinutes(-4); Reason = "Another process works on the mirror of 'bakery'."; ErrorId = 'MirrorBusy'; InventoryPath = $inventoryPath })
        MirrorOmission = $omissions
        MirrorSavePlan = @(
            [HostingOps.MirrorSavePlan]@{ SiteName = 'acme'; HostName = 'do-1'; KnownPages = 120; KnownAssets = 842; ListedPages = 118; NewPages = 3; ForbiddenPages = 1; ExpectedRequests = 972; ExpectedTime = [timespan]::FromSeconds(48.6) }
            [HostingOps.MirrorSavePlan]@{ SiteName = 'bakery'; HostName = 'li-1'; Problem = 'robots.txt of www.bakery.example cannot be read: status 503' })
        MirrorDifference = $difference, $lostPage
        MirrorGeneration = $generation, $lostGeneration
        MirrorEntry = @(
            [HostingOps.MirrorEntry]@{ Url = '/caf%C3%A9/'; Kind = 'Page'; Status = 200; File = "caf$([char] 0xE9)/index.html"; ContentType = 'text/html; charset=utf-8'; ETag = '"5f3-1"'; LastModified = 'Sun, 01 Mar 2026 08:00:00 GMT'; OriginHash = $checksum -replace '3', '5'; FileHash = $checksum; Length = 18321; Depth = 2; FoundOn = '/'; Links = [HostingOps.MirrorLink[]]@($mirrorLinks); FetchedAt = $Now.AddHours(-3) }
            [HostingOps.MirrorEntry]@{ Url = '/style.css?v=3'; Kind = 'Asset'; Status = 200; File = '.mirror/files/5f3.css'; ContentType = 'text/css'; FreshUntil = $Now.AddDays(30).AddHours(-3); FileHash = $checksum; Length = 812; FileTime = $Now.AddHours(-3); IsAsset = $true; Depth = 1; FoundOn = '/'; FetchedAt = $Now.AddHours(-3) }
            [HostingOps.MirrorEntry]@{ Url = '/old'; Kind = 'Redirect'; Status = 301; Location = '/caf%C3%A9/'; Depth = 1; FoundOn = '/'; FetchedAt = $Now.AddHours(-3) }
            [HostingOps.MirrorEntry]@{ Url = '/.mirror/cdn.example.net/lib/very-long-name-of-a-library.min.js'; Kind = 'Failed'; Status = 503; IsAsset = $true; Depth = 1; FoundOn = '/'; Reason = 'It answered 503 three times.'; FetchedAt = $Now.AddHours(-3) })
        MirrorLink = $mirrorLinks
        MirrorSettings = [HostingOps.MirrorSettings]::new(), [HostingOps.MirrorSettings]@{ RequestsPerSecond = $null; AssetHosts = [string[]]@('cdn.example.net', 'fonts.example.org'); Exclude = [string[]]@('/calendar/*'); Start = [string[]]@('/landing/'); UserAgent = 'AcmeMirror/1.0'; MaxAge = [timespan]::FromDays(3); MaxMissingPercent = 0.5; Banner = $true; Robots = $false; Certificates = '/etc/letsencrypt/live/{domain}' }
        DnsRoutingPolicy = [HostingOps.DnsRoutingPolicy]@{ Weight = 10 }, [HostingOps.DnsRoutingPolicy]@{ ProximityRegion = 'eu-west-1'; ProximityBias = -20 }
    }
}
