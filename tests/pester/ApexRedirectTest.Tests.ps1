# Redirects of bare domains through the cmdlet, in a sandbox whose redirector answers at the Elastic IP.
BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    $env:HOSTINGOPS_INVENTORY = $null
    $inventory = Join-Path $TestDrive 'apex.yml'
    Set-Content $inventory @'
version: 1
aws: { region: eu-west-1 }
zone: sites.example.net
hosts:
  left: { provider: one, address: 203.0.113.10 }
  right: { provider: two, address: 198.51.100.7 }
sites:
  acme: { domain: acme.example, aliases: [acmelaw.example], primary: left, secondary: right }
  bakery: { domain: bakery.example, primary: left, secondary: right }
apex: { elasticIp: 198.51.100.99 }
'@
    $sandbox = Start-HostingSandbox -InventoryPath $inventory
}

AfterAll { $sandbox.Dispose() }

Describe 'Test-ApexRedirect' {
    It 'passes for every name over http and https' {
        $tests = @($sandbox | Test-ApexRedirect -SkipDns)
        $tests | Should -HaveCount 6
        $tests[0] | Should -BeOfType HostingOps.ApexRedirectTest
        "$($tests.Findings)" | Should -BeNullOrEmpty
        $tests.Outcome | Select-Object -Unique | Should -Be 'Passed'
        ($tests | ForEach-Object { "$($_.Scheme)://$($_.Host)" } | Sort-Object) -join ' ' |
            Should -Be 'http://acme.example http://acmelaw.example http://bakery.example https://acme.example https://acmelaw.example https://bakery.example'
        $law = $tests | Where-Object { $_.Host -eq 'acmelaw.example' -and $_.Scheme -eq 'https' }
        $law.SiteName | Should -Be 'acme'
        $law.Status | Should -Be 301
        $law.Location | Should -BeExactly $law.Expected
        $law.Location | Should -BeLike 'https://www.acme.example/*%2F*?*c=%2F*'
        $law.Address | Should -Be '198.51.100.99'
        $law.CertificateNotAfter | Should -BeGreaterThan ([DateTimeOffset]::UtcNow)
        $law.InventoryPath | Should -Be $sandbox.InventoryPath
    }

    It 'takes sites by wildcard and from the pipeline, and one scheme' {
        $some = @(Test-ApexRedirect 'b*' -SkipDns -Scheme https -InventoryPath $sandbox.InventoryPath -ConnectTo $sandbox.ConnectTo)
        $some | Should -HaveCount 1
        $some[0].Url | Should -BeLike 'https://bakery.example/*'
        $piped = @($sandbox | Get-HostedSite | Where-Object Name -EQ acme | Test-ApexRedirect -SkipDns -Scheme http -ConnectTo $sandbox.ConnectTo)
        $piped.Host | Sort-Object | Should -Be 'acme.example', 'acmelaw.example'
    }

    It 'finds its way by the inventory of a sandbox alone, and -ConnectTo comes before it' {
        $tests = @(Test-ApexRedirect acme -SkipDns -InventoryPath $sandbox.InventoryPath)
        $tests | Should -HaveCount 4
        $tests.Outcome | Select-Object -Unique | Should -Be 'Passed'
        $tests.InstanceId | Select-Object -Unique | Should -Be ($sandbox | Get-ElasticIp).InstanceId
        $closed = Test-ApexRedirect bakery -Scheme http -SkipDns -InventoryPath $sandbox.InventoryPath -ConnectTo @{ '198.51.100.99:80' = '127.0.0.1:1' }
        $closed.Findings.Code | Should -Be 'Unreachable'
    }

    It 'goes on after a name that is no site' {
        $found = @(Test-ApexRedirect nosuch, bakery -SkipDns -Scheme http -InventoryPath $sandbox.InventoryPath -ConnectTo $sandbox.ConnectTo -ErrorAction SilentlyContinue -ErrorVariable failed)
        $found.Host | Should -Be 'bakery.example'
        $failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'SiteNotFound,*'
    }

    It 'finds an address at which nobody answers' {
        $closed = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $closed.Start(); $port = $closed.LocalEndpoint.Port; $closed.Stop()
        $dead = Test-ApexRedirect bakery -Address 192.0.2.9 -Scheme http -SkipDns -InventoryPath $sandbox.InventoryPath -ConnectTo @{ '192.0.2.9:80' = "127.0.0.1:$port" }
        $dead.Outcome | Should -Be 'Failed'
        $dead.Findings.Code | Should -Be 'Unreachable'
        $dead.Address | Should -Be '192.0.2.9'
    }

    It 'asks the name server that it is given, and in a rehearsal the sandbox''s own' {
        $named = @(Test-ApexRedirect bakery -Scheme http -NameServer 127.0.0.1:1 -InventoryPath $sandbox.InventoryPath)
        $named.Outcome | Should -Be 'Unknown'
        $named.Findings.Code | Should -Be 'DnsUnknown'
        $named.Findings.Message | Should -BeLike '*127.0.0.1:1 *'
        (Test-ApexRedirect bakery -Scheme http -InventoryPath $sandbox.InventoryPath).Outcome | Should -Be 'Passed'
    }

    It 'never asks the real address in a rehearsal' {
        $lost = Join-Path (Split-Path $sandbox.InventoryPath) 'lost.yml'
        Get-Content $sandbox.InventoryPath | Where-Object { $_ -notmatch '^  connectTo: ' } | Set-Content $lost
        { Test-ApexRedirect -SkipDns -InventoryPath $lost } | Should -Throw -ErrorId 'InvalidArgument,*' -ExpectedMessage '*rehearsal*'
    }

    It 'refuses what is no name server, no address and no route' {
        { Test-ApexRedirect -NameServer dns.example -InventoryPath $sandbox.InventoryPath } | Should -Throw -ErrorId 'InvalidArgument,*'
        { Test-ApexRedirect -Address nowhere -InventoryPath $sandbox.InventoryPath } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,*'
        { Test-ApexRedirect -ConnectTo @{ '198.51.100.99:80' = 'nowhere' } -InventoryPath $sandbox.InventoryPath } | Should -Throw -ErrorId 'InvalidArgument,*'
    }

    It 'wants an apex in the inventory' {
        $plain = Join-Path $TestDrive 'plain.yml'
        Get-Content $inventory | Where-Object { $_ -notlike 'apex*' } | Set-Content $plain
        { Test-ApexRedirect -SkipDns -InventoryPath $plain } | Should -Throw -ErrorId 'ApexNotConfigured,*'
    }

    It 'fits 80 columns, a line for each name that passes' {
        $lines = ($sandbox | Test-ApexRedirect acme -Scheme http -SkipDns | Sort-Object Host | Out-String -Width 80) -split '\r?\n' | Where-Object { $_.Trim() }
        $lines | Should -HaveCount 4
        $lines[0] | Should -Match '^Host +Scheme Outcome Status +Time Findings$'
        $lines[2] | Should -Match '^acme\.example +http   .*Passed.* +301 +\d+ ms *$'
    }
}
