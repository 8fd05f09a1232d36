# Export-HostedZone and Import-HostedZone as an admin uses them, in a sandbox. The tests build on each other.
BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    $env:HOSTINGOPS_STATE = Join-Path $TestDrive 'state.db'
    $sandbox = Start-HostingSandbox -InventoryPath (Join-Path $modulePath 'samples/hosting.yml')
    $env:HOSTINGOPS_INVENTORY = $sandbox.InventoryPath
    $file = Join-Path $TestDrive 'sites.zone'
}

AfterAll {
    $sandbox.Dispose()
    $env:HOSTINGOPS_STATE = $null
    $env:HOSTINGOPS_INVENTORY = $null
}

Describe 'Export-HostedZone' {
    It 'gives the text, and writes nothing without -Path' {
        $export = Export-HostedZone
        $export | Should -BeOfType HostingOps.HostedZoneExport
        $export.Zone | Should -Be 'sites.example.net'
        $export.Format | Should -Be 'Bind'
        $export.IsSnapshot | Should -BeTrue
        $export.Path | Should -BeNullOrEmpty
        $export.Text | Should -Match '(?m)^acme\t60\tIN\tA\t203\.0\.113\.10$'
        $export.Text | Should -Not -Match "`r"
        Get-ChildItem $TestDrive -Filter *.zone | Should -BeNullOrEmpty
    }

    It 'writes the file against the location, as UTF-8 without a mark' {
        Push-Location $TestDrive
        try { (Export-HostedZone sites.example.net ./sites.zone).Path | Should -Be $file } finally { Pop-Location }
        $bytes = [IO.File]::ReadAllBytes($file)
        $bytes[0] | Should -Be ([byte][char]';')
        [Text.Encoding]::UTF8.GetString($bytes) | Should -BeExactly (Export-HostedZone).Text
    }

    It 'takes the form of the ending, and -Format over it' {
        (Export-HostedZone -Path (Join-Path $TestDrive 'a.YML')).Format | Should -Be 'Yaml'
        (Export-HostedZone -Path (Join-Path $TestDrive 'b.yaml') -Format Bind).Format | Should -Be 'Bind'
        (Export-HostedZone -Format Yaml).Text | Should -Match '(?m)^version: 1$'
    }

    It 'refuses a file that is there, and overwrites it with -Force' {
        { Export-HostedZone -Path $file } | Should -Throw -ErrorId 'FileExists,*'
        Set-Content $file 'old'
        $null = Export-HostedZone -Path $file -Force
        Get-Content $file -Raw | Should -BeExactly (Export-HostedZone).Text
    }

    It 'says which zone is not there' {
        { Export-HostedZone nosuch.example } | Should -Throw -ErrorId 'HostedZoneNotFound,*'
        { Export-HostedZone 'a..b' } | Should -Throw -ErrorId 'InvalidArgument,*'
    }
}

Describe 'Import-HostedZone' {
    BeforeAll { $null = Export-HostedZone -Path $file -Force }

    It 'has nothing to do after an export, in both forms, and says so' {
        foreach ($format in 'Bind', 'Yaml') {
            $export = Export-HostedZone -Path (Join-Path $TestDrive "again.$format") -Format $format
            $messages = $export | Import-HostedZone -Verbose 4>&1
            $messages.Message | Should -Contain 'Import of sites.example.net: nothing to do.'
            $messages | Where-Object { $_ -is [HostingOps.DnsRecordChangeResult] } | Should -BeNullOrEmpty
        }
    }

    It 'gives the plan as an object, and changes nothing' {
        Add-Content $file 'new 60 IN TXT "from a file"'
        Add-Content $file 'other 60 IN CNAME www.example.com.'
        $plan = Import-HostedZone $file -AsPlan
        $plan.Kind | Should -Be 'Import'
        $plan.Changes.Record | Should -Be 'new.sites.example.net', 'other.sites.example.net'
        $plan.Checksum | Should -Be (Import-HostedZone $file -PlanOnly).Checksum
        $sandbox.ApiCalls['ChangeResourceRecordSets'] | Should -BeNullOrEmpty
    }

    It 'refuses a checksum of another plan' {
        { Import-HostedZone $file -Checksum ('0' * 32) -Force } | Should -Throw -ErrorId 'ZoneChangeRefused,*'
        $sandbox.ApiCalls['ChangeResourceRecordSets'] | Should -BeNullOrEmpty
    }

    It 'asks, and ends where nobody can be asked' {
        $text = & ([Environment]::ProcessPath) -NoProfile -NonInteractive -Command "Import-Module '$modulePath'; Import-HostedZone '$file'" 2>&1 | Out-String
        $text -replace '\s+', ' ' | Should -BeLike '*nobody can be asked*'
        $sandbox.ApiCalls['ChangeResourceRecordSets'] | Should -BeNullOrEmpty
    }

    It 'applies the reviewed plan, proven by the name servers, and takes it back' {
        $before = (Export-HostedZone).Text
        $plan = Import-HostedZone $file -PlanOnly
        $results = @(Import-HostedZone $file -Checksum $plan.Checksum.ToUpperInvariant() -Force)
        $results.Outcome | Should -Be 'Applied', 'Applied'
        $results.Checksum | Sort-Object -Unique | Should -Be $plan.Checksum
        (Export-HostedZone).Text | Should -Match 'from a file'
        Import-HostedZone $file -Force | Should -BeNullOrEmpty
        $back = @(Import-HostedZone -Undo $results[0].OperationId -Force)
        $back.Action | Should -Be 'Delete', 'Delete'
        (Export-HostedZone).Text | Should -BeExactly $before
    }

    It 'leaves to failover where a site leads, with a warning, unless the record is named' {
        (Get-Content $file) -replace '^(acme.*)203\.0\.113\.10$', '${1}203.0.113.99' | Where-Object { $_ -notmatch '^(new|other)' } | Set-Content $file
        Get-Content $file -Raw | Should -Not -Match '(?m)^new'
        $results = Import-HostedZone $file -Force -WarningVariable told -WarningAction SilentlyContinue
        $results | Should -BeNullOrEmpty
        "$told" | Should -BeLike "*acme.sites.example.net*failover*-IncludeRecord*"
        $results = Import-HostedZone $file -IncludeRecord 'acme.*' -Force
        $results.Change.SiteName | Should -Be 'acme'
        (Get-SiteDnsTarget acme).State | Should -Be 'Stranger'
        $null = Import-HostedZone -Undo $results.OperationId -Force
        (Get-SiteDnsTarget acme).State | Should -Be 'Primary'
    }

    It 'deletes only with -Prune, and not beyond the limits' {
        $many = Join-Path $TestDrive 'many.zone'
        Set-Content $many (@(Get-Content $file) + @(1..8 | ForEach-Object { "m$_ 60 IN A 192.0.2.$_" }))
        $null = Import-HostedZone $many -Force -WarningAction SilentlyContinue
        $null = Import-HostedZone $file -Force -WarningVariable told -WarningAction SilentlyContinue
        "$told" | Should -BeLike '*8 NotInFile*'
        (Import-HostedZone $file -Prune -PlanOnly).Allowed | Should -BeFalse
        { Import-HostedZone $file -Prune -Force -WarningAction SilentlyContinue } | Should -Throw -ErrorId 'ZoneChangeRefused,*'
        $results = Import-HostedZone $file -Prune -Override ChangePercent -Force -WarningAction SilentlyContinue
        $results.Action | Sort-Object -Unique | Should -Be 'Delete'
        $results | Should -HaveCount 8
    }

    It 'takes a file of another zone only with -Rebase' {
        $foreign = Join-Path $TestDrive 'foreign.zone'
        Set-Content $foreign '$ORIGIN old.example.', '@ 60 IN SOA a. b. 1 1 1 1 1', 'moved 60 IN A 192.0.2.5'
        { Import-HostedZone $foreign -Force } | Should -Throw -ErrorId 'ZoneFileInvalid,*'
        (Import-HostedZone $foreign -Rebase -PlanOnly).Changes.Record | Should -Be 'moved.sites.example.net'
    }

    It 'names line and column of what it can not read, and changes nothing' {
        $bad = Join-Path $TestDrive 'bad.zone'
        Set-Content $bad 'ok 60 IN A 192.0.2.1', '$INCLUDE /etc/passwd', 'x 60 IN A 192.0.2.256'
        $calls = $sandbox.ApiCalls['ChangeResourceRecordSets']
        $problem = { Import-HostedZone $bad -Force } | Should -Throw -ErrorId 'ZoneFileInvalid,*' -PassThru
        $problem.Exception.Message | Should -BeLike '*bad.zone:2:1 *INCLUDE*bad.zone:3:11 *IPv4*'
        { Import-HostedZone (Join-Path $TestDrive 'none.zone') } | Should -Throw -ErrorId 'ZoneFileUnreadable,*'
        $sandbox.ApiCalls['ChangeResourceRecordSets'] | Should -Be $calls
    }

    It 'finishes the reviewed plan that was cut off' {
        Add-Content $file 'late 60 IN A 192.0.2.9'
        $plan = Import-HostedZone $file -PlanOnly -WarningAction SilentlyContinue
        $sandbox.Faults.FailNext('GetChange', 'Throttled', 1000)
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$modulePath'; Import-HostedZone '$file' -Checksum $($plan.Checksum) -Force -WarningAction SilentlyContinue")
            $calls = [int] $sandbox.ApiCalls['GetChange']
            $null = $shell.BeginInvoke()
            $limit = [datetime]::UtcNow.AddSeconds(60)
            while ([int] $sandbox.ApiCalls['GetChange'] -eq $calls -and [datetime]::UtcNow -lt $limit) { Start-Sleep -Milliseconds 50 }
            $shell.Stop()
        } finally {
            $shell.Dispose()
            $sandbox.Faults.Clear()
        }

        $results = Import-HostedZone $file -Checksum $plan.Checksum -Force -WarningAction SilentlyContinue
        $results.Record | Should -Be 'late.sites.example.net'
        $results.ErrorId | Should -BeNullOrEmpty
    }
}
