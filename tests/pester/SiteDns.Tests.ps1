# The audit of DNS through the cmdlet, against a real bind9 that has the root, a registry, two clients and our zone.
BeforeDiscovery {
    $named = Get-Command named, /usr/sbin/named -CommandType Application -ErrorAction Ignore | Select-Object -First 1 -ExpandProperty Source
}

BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    $env:HOSTINGOPS_INVENTORY = $null

    function New-Inventory([string] $Name, [string] $More) {
        $path = Join-Path $TestDrive $Name
        Set-Content $path @"
version: 1
zone: sites.example.net
hosts:
  left: { provider: one, address: 203.0.113.10 }
  right: { provider: two, address: 198.51.100.7 }
sites:
  acme: { domain: acme.example, primary: left, secondary: right }
  bakery: { domain: bakery.example, primary: left, secondary: right }
apex: { elasticIp: 198.51.100.99 }
$More
"@
        $path
    }
}

Describe 'Test-SiteDns, with named there' -Skip:(-not $named) {
    BeforeAll {
        $program = Get-Command named, /usr/sbin/named -CommandType Application -ErrorAction Ignore | Select-Object -First 1 -ExpandProperty Source
        $free = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0); $free.Start(); $port = $free.LocalEndpoint.Port; $free.Stop()
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'named')).FullName
        $zones = [ordered]@{
            '.' = 'example. NS ns.example.', 'ns.example. A 127.0.0.1'
            'example' = 'ns A 127.0.0.1', 'acme NS ns', 'bakery NS ns'
            'acme.example' = '@ A 198.51.100.99', 'www A 203.0.113.10', '@ CAA 0 issue "other.example"'
            'bakery.example' = '@ A 198.51.100.99', 'www CNAME bakery.sites.example.net.'
            'sites.example.net' = 'acme 60 A 203.0.113.10', 'bakery 60 A 198.51.100.7'
        }
        $index = 0
        $declared = foreach ($zone in $zones.Keys) {
            Set-Content (Join-Path $folder "zone$index") (@("`$ORIGIN $($zone.TrimEnd('.')).", '$TTL 300', '@ SOA ns.example. a. 1 1 1 1 60', '@ NS ns.example.') + $zones[$zone])
            "zone `"$zone`" { type primary; file `"zone$index`"; };"
            $index++
        }
        Set-Content (Join-Path $folder 'conf') @"
options { directory "$folder"; port $port; listen-on { 127.0.0.1; }; listen-on-v6 { none; }; pid-file none; session-keyfile none; recursion no; dnssec-validation no; empty-zones-enable no; notify no; };
controls { };
$($declared -join "`n")
"@
        $server = Start-Process $program '-g', '-c', (Join-Path $folder 'conf') -PassThru -RedirectStandardOutput (Join-Path $folder 'out') -RedirectStandardError (Join-Path $folder 'log')
        $inventory = New-Inventory 'audit.yml' "dnsAudit: { resolvers: [`"127.0.0.1:$port`"], roots: [`"127.0.0.1:$port`"], port: $port }`nnameServers: [`"127.0.0.1:$port`"]"
        foreach ($try in 1..200) {
            if ((Test-SiteDns bakery -InventoryPath $inventory -TimeoutSec 1).Status -eq 'Passed') { break }
            Start-Sleep -Milliseconds 100
        }
    }

    AfterAll { $server | Stop-Process }

    It 'gives an audit for each site' {
        $audits = @(Test-SiteDns -InventoryPath $inventory | Sort-Object SiteName)
        $audits.SiteName | Should -Be 'acme', 'bakery'
        $audits[0] | Should -BeOfType HostingOps.SiteDnsAudit
        $audits[1].Status | Should -Be 'Passed' -Because "$($audits[1].Findings)"
        $audits[1].Chain | Should -Be 'www.bakery.example', 'bakery.sites.example.net'
        $audits[1].SwitchTime | Should -Be ([timespan]::FromSeconds(60))
        $audits[1].WorstCaseSwitchTime | Should -Be ([timespan]::FromSeconds(300))
        $audits[0].Status | Should -Be 'Failed'
        $audits[0].Findings.Code | Should -Be 'WwwFixedAddress', 'CaaForbids'
        $audits[0].SwitchTime | Should -BeNullOrEmpty
        $audits[0].Findings[0].SeenFrom | Should -Be "ns.example (127.0.0.1:$port)"
        $audits[0].InventoryPath | Should -Be $inventory
    }

    It 'makes a mail for the client who has something to mend, and none for the other' {
        $mail = @(Test-SiteDns -AsMessage -InventoryPath $inventory)
        $mail | Should -HaveCount 1
        $mail[0] | Should -BeOfType HostingOps.SiteDnsMessage
        $mail[0].SiteName | Should -Be 'acme'
        $mail[0].Subject | Should -BeExactly 'DNS of acme.example: 2 changes we ask you for'
        $mail[0].Body | Should -Match '(?m)^ +www\.acme\.example\.  3600  IN  CNAME  acme\.sites\.example\.net\.$'
        $mail[0].Body | Should -Match '(?m)^ +acme\.example\.  3600  IN  CAA  0 issue "letsencrypt\.org"$'
    }

    It 'takes sites by wildcard, from the pipeline and from its own results' {
        (Test-SiteDns 'b*' -InventoryPath $inventory).SiteName | Should -Be 'bakery'
        (Get-HostedSite acme -InventoryPath $inventory | Test-SiteDns).SiteName | Should -Be 'acme'
        (Test-SiteDns acme -InventoryPath $inventory | Test-SiteDns).SiteName | Should -Be 'acme'
    }

    It 'asks the resolvers and expects the authorities that it is given' {
        $closed = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0); $closed.Start(); $other = $closed.LocalEndpoint.Port; $closed.Stop()
        $audit = Test-SiteDns bakery -InventoryPath $inventory -Resolver "127.0.0.1:$other", "127.0.0.1:$port"
        $audit.Findings.Code | Should -Be 'ResolverSilent'
        $audit.Findings[0].SeenFrom | Should -Be "127.0.0.1:$other"
        (Test-SiteDns acme -InventoryPath $inventory -CertificateAuthority other.example -Resolver @()).Findings.Code | Should -Be 'WwwFixedAddress'
    }

    It 'goes on after a name that is no site' {
        $found = @(Test-SiteDns nosuch, bakery -InventoryPath $inventory -ErrorAction SilentlyContinue -ErrorVariable failed)
        $found.SiteName | Should -Be 'bakery'
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'SiteNotFound,*'
    }

    It 'refuses what is no resolver' {
        { Test-SiteDns -Resolver 'http://dns.example' -InventoryPath $inventory } | Should -Throw -ErrorId 'InvalidArgument,*'
    }

    It 'stops asking when the reader has had enough' {
        @(Test-SiteDns -InventoryPath $inventory -ThrottleLimit 1 | Select-Object -First 1) | Should -HaveCount 1
    }
}

Describe 'Test-SiteDns in a rehearsal' {
    It 'asks the sandbox alone, which has the clients'' domains too' {
        $path = New-Inventory 'rehearsal.yml' ''
        $sandbox = Start-HostingSandbox -InventoryPath $path
        try {
            $audit = $sandbox | Test-SiteDns acme
            $audit.Status | Should -Be 'Passed'
            $audit.Findings | Should -BeNullOrEmpty
            $audit.RecordTtl | Should -Be 60
            $audit.Chain | Should -Be 'www.acme.example', 'acme.sites.example.net'
            $sandbox | Test-SiteDns -AsMessage | Should -BeNullOrEmpty
        }
        finally { $sandbox.Dispose() }
    }
}
