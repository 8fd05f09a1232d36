BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    $sample = Join-Path $modulePath 'samples/hosting.yml'
    $env:HOSTINGOPS_INVENTORY = $null
    $env:HOSTINGOPS_STATE = Join-Path $TestDrive 'state.db'
}

AfterAll {
    $env:HOSTINGOPS_STATE = $null
}

Describe 'Get-HostedSite' {
    BeforeAll {
        $all = Get-HostedSite -InventoryPath $sample
        $names = $all.Name
    }

    It 'gives every site of the inventory' {
        $all.Count | Should -BeGreaterThan 2
        $all[0] | Should -BeOfType HostingOps.HostedSite
    }

    It 'finds the inventory in the current location' {
        Copy-Item $sample (Join-Path $TestDrive 'hosting.yml')
        Push-Location $TestDrive
        try {
            (Get-HostedSite).Name | Should -Be $names
        }
        finally {
            Pop-Location
        }
    }

    It 'resolves a path on a drive of PowerShell' {
        Copy-Item $sample (Join-Path $TestDrive 'drive.yml')
        (Get-HostedSite -InventoryPath TestDrive:\drive.yml).Name | Should -Be $names
    }

    It 'takes names from strings, from objects and from sites' {
        ($names[1], $names[0] | Get-HostedSite -InventoryPath $sample).Name | Should -Be $names[1], $names[0]
        (@("Name", $names[1] | ConvertFrom-Csv) | Get-HostedSite -InventoryPath $sample).Name | Should -Be $names[1]
        ([pscustomobject]@{ SiteName = $names[0] } | Get-HostedSite -InventoryPath $sample).Name | Should -Be $names[0]
        ($all[1] | Get-HostedSite).Name | Should -Be $names[1]
        (Get-HostedSite $all[0, 1] -InventoryPath $sample).Name | Should -Be $names[0, 1]
    }

    It 'takes names with wildcards, in any case' {
        (Get-HostedSite "$($names[0].Substring(0, 3).ToUpperInvariant())*" -InventoryPath $sample).Name | Should -Contain $names[0]
    }

    It 'does not take the text of another object for a name' {
        { [version]'1.2' | Get-HostedSite -InventoryPath $sample -ErrorAction Stop } | Should -Throw -ErrorId 'InputObjectNotBound,*'
    }

    It 'gives one error per name that fits nothing, and goes on' {
        $found = 'nope', $names[0], 'nix' | ForEach-Object { Get-HostedSite $_ -InventoryPath $sample -ErrorAction SilentlyContinue -ErrorVariable +errors }
        $found.Name | Should -Be $names[0]
        $errors.FullyQualifiedErrorId | Should -BeLike 'SiteNotFound,*'
        $errors.TargetObject | Should -Be 'nope', 'nix'
        $errors[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'refuses an empty name instead of taking all sites' {
        { Get-HostedSite -Name '' -InventoryPath $sample } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
        { Get-HostedSite -Name $null -InventoryPath $sample } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }

    It 'stops where the pipeline wants no more' {
        (Get-HostedSite -InventoryPath $sample | Select-Object -First 1).Name | Should -Be $names[0]
    }

    It 'survives a break in the pipeline' {
        $seen = 0
        foreach ($once in 1) { Get-HostedSite -InventoryPath $sample | ForEach-Object { $seen++; break } }
        $seen | Should -Be 1
    }

    It 'works inside its own pipeline' {
        $inner = Get-HostedSite -InventoryPath $sample | ForEach-Object { Get-HostedSite $_.Name -InventoryPath $sample }
        $inner.Name | Should -Be $names
    }

    It 'completes names from the inventory, quoted where they must be' {
        $line = "Get-HostedSite -InventoryPath '$sample' -Name $($names[0].Substring(0, 2))"
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain $names[0]
    }

    It 'completes nothing, quietly, where there is no inventory' {
        $line = "Get-HostedSite -InventoryPath '$TestDrive/none.yml' -Name zzz-none"
        $before = $Error.Count
        $null = TabExpansion2 $line $line.Length
        $Error.Count | Should -Be $before
    }
}

Describe 'Errors about the inventory' {
    It 'says that there is none' {
        { Get-HostedSite -InventoryPath (Join-Path $TestDrive 'none.yml') } | Should -Throw -ErrorId 'InventoryNotFound,*'
    }

    It 'says what to do' {
        try { Get-HostedSite -InventoryPath (Join-Path $TestDrive 'none.yml') } catch { $caught = $_ }
        $caught.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $caught.Exception | Should -BeOfType HostingOps.HostingException
    }

    It 'says what is wrong in it' {
        $broken = Join-Path $TestDrive 'broken.yml'
        Set-Content $broken "version: 1`nzone: sites.example.net`nstes: {}"
        { Get-HostedSite -InventoryPath $broken } | Should -Throw -ErrorId 'InventoryInvalid,*'
        Test-HostingInventory $broken -Quiet | Should -BeFalse
        $finding = Test-HostingInventory $broken | Where-Object Line -eq 3
        $finding.Severity | Should -Be 'Error'
        $finding.Code | Should -Match '^INV\d+$'
        $finding.Message | Should -Match 'stes'
    }

    It 'refuses a path that is no file' {
        { Get-HostedSite -InventoryPath Env:\PATH } | Should -Throw -ErrorId 'InvalidArgument,*'
    }
}

Describe 'Test-HostingInventory' {
    It 'says nothing of a good inventory' {
        Test-HostingInventory $sample | Where-Object Severity -eq Error | Should -BeNullOrEmpty
        Test-HostingInventory $sample -Quiet | Should -BeTrue
    }

    It 'takes files from the pipeline' {
        Get-ChildItem $sample | Test-HostingInventory -Quiet | Should -BeTrue
    }
}

Describe 'New-HostingInventory' {
    It 'writes a starter that loads' {
        $path = Join-Path $TestDrive 'starter.yml'
        (New-HostingInventory $path).FullName | Should -Be $path
        Test-HostingInventory $path -Quiet | Should -BeTrue
    }

    It 'puts the schema beside it, where the first line says that it is, and keeps one that is there' {
        $folder = New-Item (Join-Path $TestDrive 'fresh') -ItemType Directory
        $path = Join-Path $folder 'hosting.yml'
        $null = New-HostingInventory $path
        $schema = Join-Path $folder 'hosting.schema.json'
        Get-Content $path -First 1 | Should -Be '# yaml-language-server: $schema=hosting.schema.json'
        (Get-FileHash $schema).Hash | Should -Be (Get-FileHash (Join-Path $modulePath 'hosting.schema.json')).Hash
        Set-Content $schema 'mine'
        $null = New-HostingInventory (Join-Path $folder 'second.yml')
        Get-Content $schema | Should -Be 'mine'
        $null = New-HostingInventory $path -Force
        Get-Content $schema -Raw | Should -Not -Match '^mine'
    }

    It 'overwrites nothing unless it is forced' {
        $path = Join-Path $TestDrive 'mine.yml'
        Set-Content $path 'mine'
        { New-HostingInventory $path } | Should -Throw -ErrorId 'FileExists,*'
        Get-Content $path | Should -Be 'mine'
        New-HostingInventory $path -Force | Should -Not -BeNullOrEmpty
        Get-Content $path -Raw | Should -Not -Be 'mine'
    }

    It 'writes nothing with -WhatIf' {
        $path = Join-Path $TestDrive 'whatif.yml'
        New-HostingInventory $path -WhatIf
        $path | Should -Not -Exist
        New-HostingInventory (Join-Path $TestDrive 'other/hosting.yml') -WhatIf
        Join-Path $TestDrive 'other' | Should -Not -Exist
    }

    It 'says when the folder is not there' {
        { New-HostingInventory (Join-Path $TestDrive 'no/such/folder.yml') } | Should -Throw -ErrorId 'FileWriteFailed,*'
    }
}

Describe 'Disable-SiteFailover and Enable-SiteFailover' {
    BeforeAll {
        $name = (Get-HostedSite -InventoryPath $sample)[0].Name
    }

    It 'switch off with a reason and on again' {
        $pause = Disable-SiteFailover $name 'Migration' -Duration 02:00:00 -InventoryPath $sample -PassThru
        $pause.SiteName | Should -Be $name
        $pause.Reason | Should -Be 'Migration'
        ($pause.Until - $pause.Since).TotalHours | Should -BeGreaterThan 1.9
        (Enable-SiteFailover $name -InventoryPath $sample -PassThru).Reason | Should -Be 'Migration'
        Enable-SiteFailover $name -InventoryPath $sample -PassThru | Should -BeNullOrEmpty
    }

    It 'change nothing with -WhatIf' {
        Disable-SiteFailover $name 'Migration' -InventoryPath $sample -WhatIf
        Enable-SiteFailover $name -InventoryPath $sample -PassThru | Should -BeNullOrEmpty
    }

    It 'refuse an end that says two things, or lies in the past, or is a bare number' {
        { Disable-SiteFailover $name x -Until ([DateTimeOffset]::Now.AddHours(1)) -Duration 01:00:00 -InventoryPath $sample } | Should -Throw -ErrorId 'InvalidArgument,*'
        { Disable-SiteFailover $name x -Until '2020-01-01' -InventoryPath $sample } | Should -Throw -ErrorId 'InvalidArgument,*'
        { Disable-SiteFailover $name x -Duration 2 -InventoryPath $sample } | Should -Throw -ErrorId 'InvalidArgument,*'
    }
}

Describe 'Undo-SiteFailover' {
    It 'wants to know what' {
        { Undo-SiteFailover -InventoryPath $sample } | Should -Throw -ErrorId 'InvalidArgument,*'
    }
}
